import { isGrpcServiceError, ServiceError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';

const GRPC_ABORTED: number = 10;

/**
 * Starts a workflow, or finds it running. Of two starts at the same moment a server may take the one and refuse the other, though it
 * was asked to use what runs: the refused one is sent again, and then finds it.
 * @param work sends it; called twice at most, so harmless to repeat (a `WithStartWorkflowOperation` is to be made anew in it)
 * @throws what the second try meets, and whatever is no such race
 */
export async function startOrJoin<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRace(error)) throw error;
    return work();
  }
}

function isRace(error: unknown): boolean {
  if (error instanceof WorkflowExecutionAlreadyStartedError) return true;
  // An Update-with-Start of which one half was given up because of the other.
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === GRPC_ABORTED;
}
