import { useNavigate, useParams } from 'react-router';
import type { ExportProfile } from '../../../domain/exports/profile.ts';
import { profileProblems } from '../../../domain/exports/profile.ts';
import {
  BackLink,
  Button,
  EmptyState,
  ErrorSummary,
  LoadError,
  Loading,
  Main,
  PageTitle,
  TextField,
} from '../../components/index.ts';
import { useDocumentTitle, useForm } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { ColumnsEditor } from './ColumnsEditor.tsx';
import { emptyProfile } from './empty.ts';
import type { ProfileValues } from './profile-values.ts';
import { ProfileAnswers } from './ProfileAnswers.tsx';
import { ProfileBasics } from './ProfileBasics.tsx';
import { useExportSetting, type SettingOf } from './queries.ts';
import { useSaveSetting } from './save.ts';

/** One profile: everything that a file's layout consists of. Leaders see it; the ward changes it. */
export function Component() {
  const { id = 'new' } = useParams();
  const query = useExportSetting('exportProfiles');
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return (
      <Main wide>
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </Main>
    );
  }
  const profile = id === 'new' ? emptyProfile() : query.data.value.find((one) => one.id === id);
  if (!profile) return <EmptyState title="この様式はありません" />;
  return (
    <ProfileForm
      key={`${id}:${String(query.data.version)}`}
      isNew={id === 'new'}
      profile={profile}
      setting={query.data}
    />
  );
}

function ProfileForm(props: {
  profile: ExportProfile;
  isNew: boolean;
  setting: SettingOf<readonly ExportProfile[]>;
}) {
  const { profile, isNew, setting } = props;
  const mayEdit = useAccount().role === 'ward';
  const save = useSaveSetting('exportProfiles');
  const navigate = useNavigate();
  const title = isNew ? '新しい様式' : profile.name;
  useDocumentTitle(`${title}｜データ出力`);
  const others = setting.value.filter((one) => one.id !== profile.id);
  const place = isNew ? setting.value.length : setting.value.findIndex((one) => one.id === profile.id);
  const form = useForm<ProfileValues>({
    idPrefix: 'profile',
    initial: { profile, changeNote: '' },
    validate: ({ profile: now }) => ({
      ...(isNew && others.some((one) => one.id === now.id) && { 'profile.id': 'この記号は使われています。' }),
      ...(now.name.trim() === '' && { 'profile.name': '様式の名前を入力してください。' }),
      ...Object.fromEntries(profileProblems(now).map(({ path, message }) => [`profile.${path}`, message])),
    }),
    mapServerPath: (path) => path.replace(/^value\.\d+\./u, 'profile.'),
    onSubmit: async ({ profile: now, changeNote }) => {
      const all = isNew
        ? [...setting.value, now]
        : setting.value.map((one) => (one.id === profile.id ? now : one));
      await save(all, setting.version, changeNote);
      await navigate('/exports/settings');
    },
  });
  return (
    <Main wide>
      <BackLink to="/exports/settings">様式と置換表</BackLink>
      <PageTitle
        caption={isNew ? undefined : `${String(place + 1)}番目の様式・第${String(setting.version)}版`}
      >
        {title}
      </PageTitle>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-10">
        <ErrorSummary errors={form.summary} focusKey={form.failures} />
        <fieldset disabled={!mayEdit} className="contents">
          <ProfileBasics form={form} isNew={isNew} />
          <ColumnsEditor form={form} />
          <ProfileAnswers form={form} />
          {mayEdit && (
            <div className="flex flex-col gap-6">
              <TextField {...form.field('changeNote')} label="変更の理由" labelSize="sm" maxLength={500} />
              <div>
                <Button type="submit" busy={form.submitting}>
                  この内容で保存する
                </Button>
              </div>
            </div>
          )}
        </fieldset>
      </form>
    </Main>
  );
}
