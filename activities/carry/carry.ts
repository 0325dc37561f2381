import { ApplicationFailure } from '@temporalio/common';
import type { DeliveryParts } from '../../domain/application/ports.ts';
import { replay } from '../../domain/application/evolve.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { documentLabel } from '../../domain/procedures/paper.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import { peopleByIds } from '../../store/accounts.ts';
import { applicationById, markCarried } from '../../store/applications.ts';
import { childKeyOf } from '../../store/children.ts';
import { eventsOf, textRefsOf } from '../../store/events.ts';
import { eraseCarriedFiles, filesOfApplication, readFileBytes, type FileRecord } from '../../store/files.ts';
import { criteriaOf } from '../../store/settings.ts';
import { eraseCarriedTexts, waitingTexts } from '../../store/texts.ts';
import { eraseCarriedVersions, waitingVersions } from '../../store/versions.ts';
import { markSettled } from '../../store/kintone.ts';
import { forgetRecords, keepRecords, keptByNames, nameOf } from '../../store/kintone-kept.ts';
import { paperOfApplication } from '../../store/paper-entries.ts';
import type { ActivityDeps } from '../deps.ts';
import { mendingOf, type Mending } from '../reconcile/mending.ts';
import { writeFold } from '../enrolment/folded.ts';
import { asFailure } from '../failures.ts';
import { applicationWrite } from './application-record.ts';
import { belongs, type CarryContext } from './context.ts';
import { changeWrites, confirmationWrites, textWrites } from './entry-records.ts';
import { keptAfter } from './keep.ts';
import { ledgerWrites } from './ledger-record.ts';
import { reviewWrites } from './review-records.ts';

type Deps = Pick<ActivityDeps, 'db' | 'keyring' | 'gateway'>;

function documentWrites(
  { db, keyring }: Deps,
  context: CarryContext,
  files: readonly FileRecord[],
): GatewayWrite[] {
  return files.map((file) => ({
    app: 'documents',
    key: file.id,
    record: {
      ...belongs(context),
      document_type: { value: file.documentType },
      document_label: { value: documentLabel(context.definition, file.documentType) },
      version: { value: file.version },
      uploaded_at: { value: file.uploadedAt },
      content_type: { value: file.contentType },
      size: { value: file.size },
      sha256: { value: file.sha256 },
    },
    files: {
      file: {
        name: file.name,
        contentType: file.contentType,
        size: file.size,
        open: () => readFileBytes(db, keyring, file.id, file.size),
      },
    },
  }));
}

/** kintone refuses two writes of one record in a request: the later one's fields go over the earlier one's. */
function merged(writes: readonly GatewayWrite[]): GatewayWrite[] {
  const byKey = new Map<string, GatewayWrite>();
  for (const write of writes) {
    const id = `${write.app} ${write.key}`;
    const earlier = byKey.get(id);
    byKey.set(id, earlier ? { ...earlier, ...write, record: { ...earlier.record, ...write.record } } : write);
  }
  return [...byKey.values()];
}

/** What people changed or deleted, as it was. What this delivery writes anyway goes over it. */
function restoring({ records }: Mending): GatewayWrite[] {
  return (
    [...records.values()]
      // An enrolment is folded anew, not written as it was: another approval may have come to it since.
      .filter(({ app, restored }) => app !== 'enrolments' && Object.keys(restored).length > 0)
      .map(({ app, key, restored }) => ({ app, key, record: restored }))
  );
}

/**
 * Carries an application into kintone: one request with its record, documents, reviews and what people wrote, as far as kintone
 * lacks them. Only after kintone has taken all of it are the copies here erased, in one transaction; a break anywhere before
 * that repeats the same writes by the same keys. Files that were uploaded but not attached are removed by kintone itself.
 */
export function createCarry(deps: Deps): DeliveryParts['carryToKintone'] {
  const { db, keyring, gateway } = deps;
  return async ({ applicationId, seq, events }) => {
    const application = await applicationById(db, applicationId, 'all');
    if (!application)
      throw ApplicationFailure.nonRetryable(`no application ${applicationId}`, 'NoApplication');
    if (application.kintoneSeq >= seq) return;
    const history = events ?? (await eventsOf(db, applicationId, seq));
    const state = replay(history);
    const definition = procedureOf(state.procedure);
    if (!definition) throw ApplicationFailure.nonRetryable(`no procedure ${state.procedure}`, 'NoProcedure');

    const referred = new Set(history.flatMap(textRefsOf));
    const texts = [...(await waitingTexts(db, keyring, applicationId)).values()].filter((t) =>
      referred.has(t.id),
    );
    const versions = (await waitingVersions(db, keyring, applicationId)).filter(
      (version) => version.version <= state.dataVersion,
    );
    const files = (await filesOfApplication(db, keyring, applicationId)).filter(
      (file) => file.carriedAt === null && (file.version ?? Infinity) <= state.dataVersion,
    );
    const people = history.flatMap((event) => (event.by.kind === 'staff' ? [event.by.id] : []));
    const assignees = state.assignee ? [state.assignee] : [];
    const paper = state.channel === 'paper' ? await paperOfApplication(db, applicationId) : undefined;
    const names = await peopleByIds(db, keyring, [
      ...people,
      ...assignees,
      ...(paper ? [paper.receiverId] : []),
      ...texts.map((t) => t.authorId),
    ]);
    const content = new Map(texts.map((text) => [text.id, text.content]));
    const context: CarryContext = {
      state,
      fresh: history.filter((event) => event.seq > application.kintoneSeq),
      definition,
      childId: (await childKeyOf(db, applicationId)) ?? '',
      paper,
      criteria: await criteriaOf(db, state.procedure, state.settings.criteriaVersion),
      textOf: (ref) => (ref === undefined ? '' : (content.get(ref) ?? '')),
      nameOf: (person) => (person === undefined ? '' : (names.get(person)?.name ?? '')),
    };

    const own = applicationWrite(context, versions);
    const mending = await mendingOf(deps, applicationId, context.fresh, own);
    const writes = merged([
      ...restoring(mending),
      own,
      ...documentWrites(deps, context, files),
      ...reviewWrites(context, history),
      ...textWrites(context, texts),
      ...changeWrites(context, versions),
      ...confirmationWrites(context),
      ...ledgerWrites(context, history, application.kintoneSeq),
    ]);
    const accepting = [...mending.records.values()].filter(
      ({ accepted }) => Object.keys(accepted).length > 0,
    );
    const before = await keptByNames(db, keyring, [...writes, ...accepting]);
    try {
      await gateway.upsert(writes);
    } catch (error) {
      throw asFailure(error);
    }
    for (const { app, key } of mending.records.values()) {
      if (app === 'enrolments') await writeFold(deps, { id: key, applicationId, seq: state.seq });
    }
    await db.transaction().execute(async (trx) => {
      await eraseCarriedTexts(
        trx,
        texts.map((text) => text.id),
      );
      await eraseCarriedVersions(
        trx,
        versions.map((version) => version.sourceId),
      );
      await eraseCarriedFiles(
        trx,
        files.map((file) => file.id),
      );
      const filed = versions.some((version) => version.kind === 'filed');
      await keepRecords(
        trx,
        keyring,
        merged([...accepting.map(({ app, key }) => ({ app, key, record: {} })), ...writes]).map((write) => {
          const name = nameOf(write);
          // To which application it belongs stands in the first write of a record, which is whole.
          const whole = write.app === own.app ? filed : 'receipt_number' in write.record;
          const { accepted = {}, forget = false } = mending.records.get(name) ?? {};
          return keptAfter(keyring, {
            write,
            applicationId,
            seq: state.seq,
            whole,
            before: forget ? undefined : before.get(name),
            accepted,
          });
        }),
      );
      await forgetRecords(
        trx,
        [...mending.records.values()].filter(({ forget, app }) => forget && app !== own.app),
      );
      await markSettled(trx, mending.settled);
      await markCarried(trx, applicationId, seq);
    });
  };
}
