import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { MyApplication } from '../../../api/contract/index.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { LoadError, Loading } from '../../components/index.ts';
import { ApiProblem } from '../../lib/index.ts';
import { Component as NotFound } from '../NotFoundPage.tsx';
import { useMyApplication } from '../shared/queries.ts';

export interface LoadedApplication {
  readonly application: MyApplication;
  readonly definition: ProcedureDefinition;
}

/** Loads the application in the address, or says why it is not there. */
export function Loaded({ children }: { children: (loaded: LoadedApplication) => ReactNode }) {
  const { id = '' } = useParams();
  const { data, error, refetch } = useMyApplication(id);
  if (!data && error instanceof ApiProblem && (error.isNotFound || error.status === 400)) return <NotFound />;
  if (!data && error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const definition = procedureOf(data.procedure);
  return definition ? children({ application: data, definition }) : <NotFound />;
}
