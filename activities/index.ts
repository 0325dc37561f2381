import { Context } from '@temporalio/activity';
import type { ApplicationActivities } from '../domain/application/ports.ts';
import { createCarry } from './carry/carry.ts';
import { recipientOf, textsOf } from './content.ts';
import { createDeliver } from './deliver.ts';
import type { ActivityDeps } from './deps.ts';
import type { ExportActivities } from '../domain/exports/ports.ts';
import { createFailExport, createPrepareExport } from './exports/prepare.ts';
import { createCancelRelated, createTellRelated } from './enrolment/related.ts';
import { createWriteEnrolment } from './enrolment/write.ts';
import { createCheckIntake } from './intake.ts';
import { createMakeLetter } from './letter/make.ts';
import { createTransport } from './mail/hand-over.ts';
import { createFailedForAll } from './mail/failed-for-all.ts';
import { createSendMail } from './mail/send.ts';
import { createMakeNotices } from './notice/make.ts';
import { createProject } from './project.ts';
import { createLoadSettings, createLoadState } from './settings.ts';

export type { ActivityDeps } from './deps.ts';

/** All activities of the application's workflow. `close` ends what they keep open. */
export function createActivities(deps: ActivityDeps): {
  activities: ApplicationActivities & ExportActivities;
  close: () => void;
} {
  const { config } = deps;
  const settings = { ...config.mail, publicUrl: config.http.publicUrl };
  const transport = createTransport(settings);
  const temporal = () => Context.current().client;
  const sendMail = createSendMail({
    db: deps.db,
    transport,
    settings,
    recipientOf: (state) => recipientOf(deps, state),
    textsOf: (state, wanted) => textsOf(deps, state, wanted),
    failedForAll: createFailedForAll(deps, temporal),
  });
  const activities: ApplicationActivities & ExportActivities = {
    prepareExport: createPrepareExport(deps),
    failExport: createFailExport(deps),
    loadSettings: createLoadSettings(deps),
    loadState: createLoadState(deps),
    checkIntake: createCheckIntake(deps),
    project: createProject(deps),
    deliver: createDeliver(deps.db, {
      carryToKintone: createCarry(deps),
      sendMail,
      makeLetter: createMakeLetter(deps),
      makeNotices: createMakeNotices(deps),
      writeEnrolment: createWriteEnrolment(deps),
      tellRelated: createTellRelated(deps, temporal),
      cancelRelated: createCancelRelated(deps, temporal),
    }),
  };
  return {
    activities,
    close: () => {
      transport.close();
    },
  };
}
