import { HALLS } from '../../../domain/facilities/facilities.ts';
import { visibleBops } from '../../../domain/people/actor.ts';
import type { StaffActor } from '../../../domain/people/actor.ts';
import type { SelectOption } from '../../components/index.ts';

/** The tree of 別紙1 as choices: each hall as a whole, then its 新BOPs; only what this person may see. */
export function placeOptions(actor: StaffActor): readonly SelectOption[] {
  const visible = visibleBops(actor);
  return HALLS.flatMap((hall) => {
    const bops = hall.bops.filter((bop) => visible === 'all' || visible.includes(bop.code));
    if (bops.length === 0) return [];
    const whole =
      bops.length === hall.bops.length
        ? [{ value: `hall:${hall.code}`, label: `${hall.name}（すべて）`, group: hall.name }]
        : [];
    return [
      ...whole,
      ...bops.map(({ code, name }) => ({ value: `bop:${code}`, label: name, group: hall.name })),
    ];
  });
}

/** 「池尻児童館」 or 「三宿小新BOP」 for `hall:01`, `bop:2`; the code itself where it is unknown. */
export function placeName(place: string): string {
  const [kind, code] = place.split(':');
  for (const hall of HALLS) {
    if (kind === 'hall' && hall.code === code) return hall.name;
    const bop = kind === 'bop' ? hall.bops.find((one) => one.code === code) : undefined;
    if (bop) return bop.name;
  }
  return place;
}
