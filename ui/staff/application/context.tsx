import { createContext, useContext } from 'react';
import type { OfferedAction, StaffActionType, StaffApplication } from '../../../api/contract/index.ts';
import type { DocumentType, Field, ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { fieldsOf } from '../../../domain/procedures/fields.ts';
import { documentLabel as labelOfDocument } from '../../../domain/procedures/paper.ts';
import type { Act } from './act.ts';
import type { TabId } from './places.ts';

export type Offered = StaffApplication['actions'][number];
export type { OfferedAction };

/** The application that is open, and what its parts share. */
export interface Opened {
  readonly application: StaffApplication;
  readonly procedure: ProcedureDefinition | undefined;
  readonly act: Act;
  /** The action as a button: offered or not, and why. Undefined where the server does not know it. */
  readonly actionOf: (type: StaffActionType) => Offered | undefined;
  readonly offers: (type: StaffActionType) => boolean;
  /** Opens a document in the viewer. */
  readonly showDocument: (id: string) => void;
  readonly shownDocument: string | undefined;
  /** Opens the form of an action; `about` is the item, question or record that it concerns. */
  readonly openForm: (type: StaffActionType, about?: string) => void;
  readonly goTo: (tab: TabId) => void;
}

export const OpenedContext = createContext<Opened | undefined>(undefined);

export function useOpened(): Opened {
  const opened = useContext(OpenedContext);
  if (!opened) throw new Error('useOpened outside of an application');
  return opened;
}

/** The field with this code in the procedure's form. */
export function fieldIn(procedure: ProcedureDefinition | undefined, code: string): Field | undefined {
  return procedure && fieldsOf(procedure).find((field) => field.code === code);
}

export function documentIn(
  procedure: ProcedureDefinition | undefined,
  type: string,
): DocumentType | undefined {
  return procedure?.documents.find((document_) => document_.type === type);
}

/** A field's name as staff read it; its code where the form does not know it (an older version). */
export function fieldLabel(procedure: ProcedureDefinition | undefined, code: string): string {
  return fieldIn(procedure, code)?.label.ja ?? code;
}

export function documentLabel(procedure: ProcedureDefinition | undefined, type: string): string {
  return labelOfDocument(procedure, type);
}

type Target = NonNullable<StaffApplication['request']>['items'][number]['targets'][number];

/** A deficiency's field or document in words. */
export function targetLabel(procedure: ProcedureDefinition | undefined, target: Target): string {
  return target.kind === 'field' ? fieldLabel(procedure, target.code) : documentLabel(procedure, target.type);
}

/** A stable key of a target, for check boxes. */
export function targetKey(target: Target): string {
  return target.kind === 'field' ? `field:${target.code}` : `document:${target.type}`;
}

/** The target of a key that `targetKey` made. */
export function targetOf(key: string): Target {
  const at = key.indexOf(':');
  const rest = key.slice(at + 1);
  return key.startsWith('field:') ? { kind: 'field', code: rest } : { kind: 'document', type: rest };
}
