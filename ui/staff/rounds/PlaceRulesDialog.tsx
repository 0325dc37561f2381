import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlaceRulesView, SetPlaceRulesRequest } from '../../../api/contract/index.ts';
import { BOPS } from '../../../domain/facilities/facilities.ts';
import { PRIORITIES, type Priority } from '../../../domain/rounds/places.ts';
import { PRIORITY_LABELS } from '../../../domain/texts/rounds.ts';
import {
  Button,
  Checkbox,
  Combobox,
  Dialog,
  ErrorSummary,
  NumberField,
  TextField,
  useToast,
} from '../../components/index.ts';
import { api, useForm } from '../../lib/index.ts';

interface Values {
  readonly places: number | null;
  readonly dailyTakesPlace: boolean;
  readonly note: string;
}

function isCount(value: number | null): value is number {
  return value !== null && Number.isInteger(value) && value >= 0 && value <= 500;
}

/** The ward sets how many places there are, where there are others, and who gets them first. */
export function PlaceRulesDialog({ rules, onClose }: { rules: PlaceRulesView; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [priorities, setPriorities] = useState<readonly Priority[]>(rules.priorities);
  const [byBop, setByBop] = useState<Readonly<Record<string, number>>>(rules.byBop);
  const form = useForm<Values>({
    idPrefix: 'places',
    initial: { places: rules.places, dailyTakesPlace: rules.dailyTakesPlace, note: '' },
    validate: ({ places, note }) => ({
      ...(!isCount(places) && { places: '0から500までの数を入力してください。' }),
      ...(note.trim() === '' && { note: '変更の理由を入力してください。' }),
    }),
    onSubmit: async ({ places, dailyTakesPlace, note }) => {
      const body: SetPlaceRulesRequest = {
        places: places ?? 0,
        byBop,
        priorities: [...priorities],
        dailyTakesPlace,
        basedOn: rules.version,
        note: note.trim(),
      };
      await api.put('staff/places/rules', body);
      await client.invalidateQueries({ queryKey: ['places'] });
      toast.show('枠と優先順位を変更しました', { tone: 'success' });
      onClose();
    },
  });
  return (
    <Dialog
      open
      size="lg"
      title="枠と優先順位を変更する"
      onClose={() => !form.submitting && onClose()}
      actions={
        <>
          <Button busy={form.submitting} onClick={() => void form.submit()}>
            変更する
          </Button>
          <Button variant="outline" disabled={form.submitting} onClick={onClose}>
            キャンセル
          </Button>
        </>
      }
    >
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
        <NumberField
          {...form.field('places')}
          label="新BOPごとの枠（1か月）"
          labelSize="sm"
          required
          min={0}
          max={500}
          suffix="人"
        />
        <OtherPlaces byBop={byBop} onChange={setByBop} />
        <Checkbox {...form.field('dailyTakesPlace')} label="日単位の登録も、枠に数える" />
        <Order priorities={priorities} onChange={setPriorities} />
        <TextField {...form.field('note')} label="変更の理由" labelSize="sm" required maxLength={500} />
      </form>
    </Dialog>
  );
}

function OtherPlaces(props: {
  byBop: Readonly<Record<string, number>>;
  onChange: (byBop: Readonly<Record<string, number>>) => void;
}) {
  const { byBop, onChange } = props;
  const [bop, setBop] = useState('');
  const [places, setPlaces] = useState<number | null>(null);
  const nameOf = (code: string) => BOPS.find((one) => one.code === code)?.name ?? code;
  return (
    <fieldset className="flex flex-col gap-3 rounded-8 border border-solid-gray-420 p-4">
      <legend className="text-std-16B-170 px-1">枠の数が異なる新BOP</legend>
      {Object.keys(byBop).length === 0 ? (
        <p>ありません。</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {Object.entries(byBop).map(([code, count]) => (
            <li key={code} className="flex flex-wrap items-center gap-3">
              <span>
                {nameOf(code)}：<b className="tabular-nums">{count}</b>人
              </span>
              <Button
                variant="text"
                size="sm"
                onClick={() =>
                  onChange(Object.fromEntries(Object.entries(byBop).filter(([c]) => c !== code)))
                }
              >
                取り消す<span className="sr-only">（{nameOf(code)}）</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-end gap-4">
        <Combobox
          id="places-bop"
          label="新BOP"
          labelSize="sm"
          hideMark
          options={BOPS.map(({ code, name }) => ({ value: code, label: name }))}
          value={bop}
          onChange={setBop}
        />
        <NumberField
          id="places-bop-count"
          label="枠"
          labelSize="sm"
          hideMark
          min={0}
          max={500}
          suffix="人"
          value={places}
          onChange={setPlaces}
        />
        <Button
          variant="outline"
          size="sm"
          disabled={bop === '' || !isCount(places)}
          onClick={() => {
            if (!isCount(places)) return;
            onChange({ ...byBop, [bop]: places });
            setBop('');
            setPlaces(null);
          }}
        >
          加える
        </Button>
      </div>
    </fieldset>
  );
}

function Order(props: {
  priorities: readonly Priority[];
  onChange: (priorities: readonly Priority[]) => void;
}) {
  const { priorities, onChange } = props;
  const others = PRIORITIES.filter((one) => !priorities.includes(one));
  const move = (index: number, by: 1 | -1) => {
    const next = [...priorities];
    const [one] = next.splice(index, 1);
    if (one) next.splice(index + by, 0, one);
    onChange(next);
  };
  return (
    <fieldset className="flex flex-col gap-3 rounded-8 border border-solid-gray-420 p-4">
      <legend className="text-std-16B-170 px-1">優先順位（上から順に比べます）</legend>
      <ol className="flex flex-col gap-2">
        {priorities.map((one, index) => (
          <li key={one} className="flex flex-wrap items-center gap-2">
            <span className="min-w-60">
              {index + 1}．{PRIORITY_LABELS[one]}
            </span>
            <Button variant="text" size="sm" disabled={index === 0} onClick={() => move(index, -1)}>
              上へ<span className="sr-only">（{PRIORITY_LABELS[one]}）</span>
            </Button>
            <Button
              variant="text"
              size="sm"
              disabled={index === priorities.length - 1}
              onClick={() => move(index, 1)}
            >
              下へ<span className="sr-only">（{PRIORITY_LABELS[one]}）</span>
            </Button>
            <Button variant="text" size="sm" onClick={() => onChange(priorities.filter((p) => p !== one))}>
              使わない<span className="sr-only">（{PRIORITY_LABELS[one]}）</span>
            </Button>
          </li>
        ))}
        <li>{priorities.length + 1}．受付の早い人を先に（いつも最後に比べます）</li>
      </ol>
      {others.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {others.map((one) => (
            <li key={one}>
              <Button variant="outline" size="sm" onClick={() => onChange([...priorities, one])}>
                「{PRIORITY_LABELS[one]}」を加える
              </Button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
