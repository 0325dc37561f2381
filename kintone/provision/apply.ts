import { setTimeout as delay } from 'node:timers/promises';
import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppKey } from '../apps/index.ts';
import { ProvisionError } from './changes.ts';
import { workNameOf } from './making.ts';
import { changesOf, planApps, type AppPlan, type PlanOptions } from './plan.ts';

export type AppIds = Readonly<Record<AppKey, string>>;

export interface ApplyOptions extends PlanOptions {
  /** The space that new apps go into. */
  spaceId?: string;
  say?: (line: string) => void;
  /** Notes what is made, so that a run that breaks off at whatever moment finds it again. */
  notes?: {
    /** Told before kintone is asked for an app, with the name that it is made under. */
    making: (key: AppKey, workName: string) => Promise<void>;
    /** Told at once of the app that was made. */
    made: (key: AppKey, id: string) => Promise<void>;
  };
}

/**
 * Brings the apps of a kintone domain to what the code says: finds or makes each app, adds fields, columns and choices that
 * are missing, corrects labels, layout, views, settings, notifications and permissions, deploys all that changed and waits for it:
 * at one time, but for apps that show records of others, which have to be live before. Deletes nothing, neither fields nor apps nor choices nor views that people added. Run again, it changes
 * nothing; run again after a break, it goes on. Needs a user who may make apps (API tokens may not).
 * @throws {ProvisionError} where a field is there with another type (unless `moveAside`), an app's name is there twice, or the
 *   deployment fails; nothing has been changed in the first two cases
 */
export async function apply(client: KintoneRestAPIClient, options: ApplyOptions = {}): Promise<AppIds> {
  const say = options.say ?? (() => undefined);
  const ids: Partial<Record<AppKey, string>> = {};
  const plans = await planApps(client, options, ids);
  refuseLosses(plans, options.moveAside ?? false);
  const showsOthers = ({ app }: AppPlan) => (app.related ?? []).length > 0;
  for (const together of [plans.filter((plan) => !showsOthers(plan)), plans.filter(showsOthers)]) {
    const changed: string[] = [];
    for (const plan of together) {
      const id = plan.id ?? (await makeApp(client, plan, options));
      ids[plan.app.key] = id;
      for (const step of plan.steps) await step.run(client, id);
      if (plan.steps.length > 0 || plan.undeployed || plan.id === undefined) changed.push(id);
      const lines = changesOf(plan);
      say(`${plan.name}（アプリ ${id}${plan.id === undefined ? '、新規' : ''}）: ${summary(lines.length)}`);
    }
    await deploy(client, changed);
  }
  return ids as AppIds;
}

const summary = (count: number) => (count === 0 ? '変更はありません' : `${count} 件の変更`);

function refuseLosses(plans: readonly AppPlan[], moveAside: boolean): void {
  if (moveAside) return;
  const losses = plans.flatMap((plan) =>
    changesOf(plan)
      .filter(({ effect }) => effect === 'loss')
      .map(({ what }) => `${plan.name}: ${what}`),
  );
  if (losses.length === 0) return;
  throw new ProvisionError(
    `次のフィールドは種類が違うため、このままでは値が使えなくなります。何も変更していません。\n${losses
      .map((line) => `  - ${line}`)
      .join('\n')}\n内容を確認し、よければ --move-aside を付けて実行してください（値は消えません）。`,
  );
}

async function makeApp(
  client: KintoneRestAPIClient,
  { app: { key }, name }: AppPlan,
  { spaceId, notes }: ApplyOptions,
): Promise<string> {
  const place = spaceId === undefined ? {} : { space: spaceId };
  if (!notes) {
    const { app } = await client.app.addApp({ name, ...place });
    // Nobody remembers the id: once live, still empty, the app is found by its name.
    await deploy(client, [app]);
    return app;
  }
  const workName = workNameOf(name);
  await notes.making(key, workName);
  const { app } = await client.app.addApp({ name: workName, ...place });
  await notes.made(key, app);
  return app;
}

/** Deploys apps, all or none, and waits until kintone has done so. @throws {ProvisionError} */
export async function deploy(client: KintoneRestAPIClient, apps: readonly string[]): Promise<void> {
  if (apps.length === 0) return;
  await client.app.deployApp({ apps: apps.map((app) => ({ app })) });
  for (let wait = 50; ; wait = Math.min(wait * 2, 2000)) {
    const { apps: states } = await client.app.getDeployStatus({ apps: [...apps] });
    const failed = states.filter(({ status }) => status === 'FAIL' || status === 'CANCEL');
    if (failed.length > 0) {
      throw new ProvisionError(
        `アプリの反映に失敗しました（番号 ${failed.map(({ app }) => app).join(', ')}）。kintone のアプリ設定画面で理由を確認してください。`,
      );
    }
    if (states.every(({ status }) => status === 'SUCCESS')) return;
    await delay(wait);
  }
}
