import type { RouteObject } from 'react-router';

/** The staff console, at /staff. Each page is a chunk of its own. */
export const routes: RouteObject[] = [
  { path: '/sign-in', lazy: () => import('./SignInPage.tsx') },
  {
    lazy: () => import('./layout/StaffLayout.tsx'),
    children: [
      { path: '/', lazy: () => import('./HomePage.tsx') },
      { path: '/applications', lazy: () => import('./list/ListPage.tsx') },
      { path: '/applications/:id', lazy: () => import('./application/ApplicationPage.tsx') },
      { path: '/applications/:id/print', lazy: () => import('./application/PrintPage.tsx') },
      { path: '/paper', lazy: () => import('./paper/ListPage.tsx') },
      { path: '/paper/new', lazy: () => import('./paper/StampPage.tsx') },
      { path: '/paper/:id', lazy: () => import('./paper/EntryPage.tsx') },
      { path: '/rounds', lazy: () => import('./rounds/RoundsPage.tsx') },
      { path: '/rounds/:fiscalYear/:round', lazy: () => import('./rounds/RoundPage.tsx') },
      { path: '/bulk-decisions', lazy: () => import('./rounds/BulkListPage.tsx') },
      { path: '/bulk-decisions/new', lazy: () => import('./rounds/BulkNewPage.tsx') },
      { path: '/bulk-decisions/:id', lazy: () => import('./rounds/BulkPage.tsx') },
      { path: '/places', lazy: () => import('./rounds/PlacesPage.tsx') },
      { path: '/places/:bop', lazy: () => import('./rounds/BopPlacesPage.tsx') },
      { path: '/exports', lazy: () => import('./exports/ListPage.tsx') },
      { path: '/exports/settings', lazy: () => import('./exports/SettingsPage.tsx') },
      { path: '/exports/settings/profiles/:id', lazy: () => import('./exports/ProfilePage.tsx') },
      { path: '/exports/:id', lazy: () => import('./exports/RunPage.tsx') },
      { path: '/password', lazy: () => import('./PasswordPage.tsx') },
      { path: '*', lazy: () => import('./NotFoundPage.tsx') },
    ],
  },
];
