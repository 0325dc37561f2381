import type { FastifyRequest } from 'fastify';
import { mayView, visibleBops } from '../domain/people/actor.ts';
import { applicationById, type Application } from '../store/applications.ts';
import type { AuditAction } from '../store/audit.ts';
import type { ApiDeps } from './deps.ts';
import { audit, authOfRequest } from './plugins/session.ts';
import { notFound } from './problems.ts';

/**
 * The one way to an application: whoever asks gets it if `mayView` says so, and otherwise the same 404 as for an application
 * that is not there (Q03, Q11). The reading is in the audit trail before anything is answered (Q45).
 */
export async function openApplication(
  request: FastifyRequest,
  deps: ApiDeps,
  id: string,
  purpose: Purpose,
): Promise<Application> {
  return openWhile(request, deps, id, purpose, (application) => Promise.resolve(application));
}

interface Purpose {
  action: AuditAction;
  detail?: Readonly<Record<string, unknown>>;
}

/**
 * As {@link openApplication}, and reads what is wanted of the application while the entry in the trail is being written: a person
 * waits for the longer of the two. What was read is given only once the entry is there, so `read` must change nothing.
 */
export async function openWhile<T>(
  request: FastifyRequest,
  deps: ApiDeps,
  id: string,
  purpose: Purpose,
  read: (application: Application) => Promise<T>,
): Promise<T> {
  const { actor } = authOfRequest(request);
  const application = await visibleApplication(request, deps, id);
  if (!application) {
    await audit(request, deps, {
      action: 'denied',
      subject: { kind: 'application', id },
      detail: { for: purpose.action },
    });
    throw notFound();
  }
  const recorded = audit(request, deps, {
    actor,
    action: purpose.action,
    subject: { kind: 'application', id },
    ...(purpose.detail === undefined ? {} : { detail: purpose.detail }),
  });
  // Whatever comes of the reading, that it was tried is in the trail first.
  const reading = read(application);
  await Promise.allSettled([reading, recorded]);
  await recorded;
  return reading;
}

/** As {@link openApplication}, without an entry in the trail: for what shows nothing of the application. */
export async function visibleApplication(
  request: FastifyRequest,
  deps: ApiDeps,
  id: string,
): Promise<Application | undefined> {
  const { actor } = authOfRequest(request);
  // Twice on purpose: the query keeps to the place, and the domain's rule is asked about what came back.
  const bops = actor.kind === 'staff' ? visibleBops(actor) : 'all';
  const application = await applicationById(deps.db, id, bops);
  return application && mayView(actor, application) ? application : undefined;
}
