import { QUEUES } from '../../domain/application/tasks.ts';
import { STAGES } from '../../domain/application/state.ts';
import type { ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { QUEUE_LABELS, STAGE_LABELS } from '../../domain/texts/application.ts';
import { PAPER_WAY_LABELS } from '../../domain/intake/paper.ts';
import { groupOf } from '../access/people.ts';
import { CHANNEL_LABELS } from './ledger.ts';
import { applicationApp, type KintoneApp, type KintoneField, type KintoneGroup } from './model.ts';
import { placeViews, PLACE_FIELDS } from './places.ts';
import { BENEATH_APPLICATION } from './related.ts';
import { kintoneField, NO, YES } from './values.ts';

export const DECISION_LABELS = { approved: '承認', refused: '不承認' } as const;

/** What every application has, whatever its procedure. Written by the system at each step. */
export const HEADER_FIELDS = [
  { code: 'receipt_number', label: '受付番号', type: 'SINGLE_LINE_TEXT', unique: true },
  { code: 'stage', label: '状態', type: 'DROP_DOWN', options: STAGES.map((stage) => STAGE_LABELS[stage]) },
  {
    code: 'queues',
    label: '次の作業',
    type: 'CHECK_BOX',
    options: QUEUES.map((queue) => QUEUE_LABELS[queue]),
  },
  { code: 'assignee', label: '担当者', type: 'SINGLE_LINE_TEXT' },
  { code: 'deadline', label: '回答期限', type: 'DATE' },
  { code: 'overdue', label: '期限超過', type: 'DROP_DOWN', options: [YES, NO] },
  { code: 'decision', label: '決定', type: 'DROP_DOWN', options: Object.values(DECISION_LABELS) },
  { code: 'decided_on', label: '決定日', type: 'DATE' },
  { code: 'effective_from', label: '利用開始日（決定）', type: 'DATE' },
  { code: 'received_at', label: '受付日時', type: 'DATETIME' },
  { code: 'channel', label: '受付方法', type: 'DROP_DOWN', options: Object.values(CHANNEL_LABELS) },
  { code: 'fiscal_year', label: '年度', type: 'NUMBER' },
  { code: 'round', label: '受付期間', type: 'SINGLE_LINE_TEXT' },
  // The receipt stamp of a paper application (Q14); empty where it was filed online.
  { code: 'paper_serial', label: '収受番号（紙の受領印）', type: 'SINGLE_LINE_TEXT' },
  { code: 'paper_received_on', label: '収受日', type: 'DATE' },
  {
    code: 'paper_arrived_by',
    label: '届いた方法',
    type: 'DROP_DOWN',
    options: Object.values(PAPER_WAY_LABELS),
  },
  { code: 'paper_receiver', label: '受け付けた人', type: 'SINGLE_LINE_TEXT' },
  ...PLACE_FIELDS,
  { code: 'data_version', label: '申請内容の版', type: 'NUMBER' },
  { code: 'seq', label: '履歴の番号', type: 'NUMBER' },
  { code: 'application_id', label: '申請ID', type: 'SINGLE_LINE_TEXT' },
  // The same in all of a child's records, whatever the procedure or year; says nothing by itself.
  { code: 'child_id', label: '児童ID', type: 'SINGLE_LINE_TEXT' },
] as const satisfies readonly KintoneField[];

const HEADER_CODES: ReadonlySet<string> = new Set(HEADER_FIELDS.map((field) => field.code));

/** Questions whose answer stands in the header already (the fiscal year) have no field of their own. */
export function ownFields(definition: ProcedureDefinition) {
  return definition.sections
    .flatMap((section) => section.fields)
    .filter((field) => !HEADER_CODES.has(field.code));
}

/** The app that holds a procedure's applications, derived from its definition (design 1). */
export function applicationAppOf(definition: ProcedureDefinition): KintoneApp {
  const { childFamilyName, childGivenName } = definition.roles;
  const columns = [
    'receipt_number',
    'stage',
    childFamilyName,
    childGivenName,
    'bop_name',
    'received_at',
    'assignee',
  ];
  const groups: KintoneGroup[] = definition.sections.map((section) => ({
    code: `group_${section.id}`,
    label: section.title.ja,
    open: true,
    fields: section.fields.filter((field) => !HEADER_CODES.has(field.code)).map(kintoneField),
  }));
  return {
    key: applicationApp(definition.code),
    name: `学童クラブ ${definition.name.ja}`,
    description: '申請の内容と状態です。状態・次の作業・担当者は手続きシステムが書き込みます。',
    recordKey: 'receipt_number',
    groups: [{ code: 'group_header', label: '受付と状態', open: true, fields: HEADER_FIELDS }, ...groups],
    related: BENEATH_APPLICATION,
    systemFields: HEADER_FIELDS.map((field) => field.code),
    notifications: [
      {
        condition: `overdue in ("${YES}")`,
        title: '回答期限を過ぎた申請があります',
        groups: [groupOf('leader')],
      },
      {
        condition: `queues in ("${QUEUE_LABELS.decision}")`,
        title: '決定を待っている申請があります',
        groups: [groupOf('ward')],
      },
      {
        // kintone tells only those who may see the record: the place's own hall and 新BOP.
        condition: `decision in ("${DECISION_LABELS.approved}")`,
        title: '申請が承認されました',
        groups: [groupOf('hall'), groupOf('bop')],
      },
    ],
    views: [
      { name: 'すべての申請', fields: columns, condition: '', sort: 'received_at desc' },
      ...QUEUES.map((queue) => ({
        name: QUEUE_LABELS[queue],
        fields: [...columns, 'deadline'],
        condition: `queues in ("${QUEUE_LABELS[queue]}")`,
        sort: queue === 'ended' ? 'received_at desc' : 'received_at asc',
      })),
      {
        name: '紙で受け付けた申請',
        fields: ['paper_serial', 'paper_received_on', 'paper_receiver', ...columns],
        condition: `channel in ("${CHANNEL_LABELS.paper}")`,
        sort: 'paper_serial asc',
      },
      {
        name: '新BOP別',
        fields: ['hall_name', 'bop_name', ...columns.filter((code) => code !== 'bop_name')],
        condition: '',
        sort: 'hall_code asc, bop_code asc, received_at asc',
      },
      ...placeViews({ fields: columns, sort: 'received_at asc' }),
    ],
  };
}
