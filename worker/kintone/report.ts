import {
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import type { Action } from '../../domain/application/actions.ts';
import { applicationById } from '../../store/applications.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { Db } from '../../store/db.ts';
import { markReported, unreportedChanges } from '../../store/kintone.ts';
import { actUpdate, AFTERWARDS_WORKFLOW, afterwardsWorkflowId } from '../../workflows/messages.ts';

export interface ReportDeps {
  db: Db;
  keyring: Keyring;
  client: Client;
  taskQueue: string;
}

const DEADLINE_MS = 10_000;
const GRPC_NOT_FOUND: number = 5;

function isNotFound(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  const cause = error instanceof Error && 'cause' in error ? error.cause : error;
  return [error, cause].some((one) => isGrpcServiceError(one) && one.code === GRPC_NOT_FOUND);
}

/**
 * Tells the applications' workflows what was found in kintone: the one that runs, or, after the end, the one that takes records
 * afterwards. The change's own id makes repeating harmless.
 * @returns how many were told; the others stay to be told
 */
export async function reportChanges(
  deps: ReportDeps,
  onError: (error: unknown, applicationId: string) => void,
): Promise<number> {
  const { db, keyring, client, taskQueue } = deps;
  let told = 0;
  for (const change of await unreportedChanges(db, keyring)) {
    const { id: changeId, applicationId, ...seen } = change;
    const application = await applicationById(db, applicationId, 'all');
    if (!application) continue;
    const action: Action = { type: 'reportKintoneChange', changeId, ...seen };
    const args: [{ actor: { kind: 'system' }; action: Action }] = [{ actor: { kind: 'system' }, action }];
    const updateId = `kintone:${changeId}`;
    try {
      await client.withDeadline(Date.now() + DEADLINE_MS, async () => {
        try {
          await client.workflow
            .getHandle(application.workflowId)
            .executeUpdate(actUpdate, { args, updateId });
        } catch (error) {
          if (!isNotFound(error)) throw error;
          await client.workflow.executeUpdateWithStart(actUpdate, {
            startWorkflowOperation: new WithStartWorkflowOperation(AFTERWARDS_WORKFLOW, {
              workflowId: afterwardsWorkflowId(applicationId),
              taskQueue,
              args: [{ applicationId }],
              workflowIdConflictPolicy: 'USE_EXISTING',
              workflowIdReusePolicy: 'ALLOW_DUPLICATE',
              staticSummary: `${application.receiptNumber} の完了後の記録`,
            }),
            args,
            updateId,
          });
        }
      });
      await markReported(db, changeId);
      told += 1;
    } catch (error) {
      onError(error, applicationId);
    }
  }
  return told;
}
