import type { AccessTable } from './model.ts';

/**
 * What each level of 別紙1 may do in kintone itself, until the ward says otherwise (`npm run kintone -- access` writes it as a file
 * for the ward to change; docs/kintone-access.md). Halls and 新BOPs see what their families filed, not the centre's own work.
 */
export const DEFAULT_TABLE: AccessTable = {
  levels: {
    ward: {
      name: '児童課',
      scope: 'all',
      apps: {
        applications: ['view', 'edit', 'export'],
        documents: ['view'],
        reviews: ['view', 'export'],
        contacts: ['view', 'export'],
        enrolments: ['view', 'export'],
        notices: ['view'],
        ledger: ['view', 'export'],
        facilities: ['view'],
      },
      hiddenFields: [],
    },
    leader: {
      name: '受託者 リーダー・現場責任者・管理責任者',
      scope: 'all',
      apps: {
        applications: ['view', 'export'],
        documents: ['view'],
        reviews: ['view', 'export'],
        contacts: ['view', 'export'],
        enrolments: ['view'],
        notices: ['view'],
        ledger: ['view', 'export'],
        facilities: ['view'],
      },
      hiddenFields: [],
    },
    operator: {
      name: '受託者 従事者',
      scope: 'all',
      apps: {
        applications: ['view'],
        documents: ['view'],
        reviews: ['view'],
        contacts: ['view'],
        enrolments: ['view'],
        notices: ['view'],
        ledger: ['view'],
        facilities: ['view'],
      },
      hiddenFields: [],
    },
    hall: {
      name: '児童館',
      scope: 'hall',
      apps: {
        applications: ['view'],
        documents: ['view'],
        reviews: [],
        contacts: [],
        enrolments: ['view'],
        notices: ['view'],
        ledger: [],
        facilities: ['view'],
      },
      hiddenFields: ['assignee', 'queues'],
    },
    bop: {
      name: '新BOP',
      scope: 'bop',
      apps: {
        applications: ['view'],
        documents: ['view'],
        reviews: [],
        contacts: [],
        enrolments: ['view'],
        notices: ['view'],
        ledger: [],
        facilities: ['view'],
      },
      hiddenFields: ['assignee', 'queues'],
    },
  },
};
