import type { RouteObject } from 'react-router';

/** The applicant portal. Each page is a chunk of its own. */
export const routes: RouteObject[] = [
  {
    lazy: () => import('./Layout.tsx'),
    children: [
      { index: true, lazy: () => import('./StartPage.tsx') },
      { path: 'verify', lazy: () => import('./notices/VerifyPage.tsx') },
      { path: 'help', lazy: () => import('./HelpPage.tsx') },
      { path: 'sign-in', lazy: () => import('./account/SignInPage.tsx') },
      { path: 'register', lazy: () => import('./account/RegisterPage.tsx') },
      { path: 'register/verify', lazy: () => import('./account/VerifyPage.tsx') },
      { path: 'password', lazy: () => import('./account/ResetPage.tsx') },
      {
        lazy: () => import('./Applicants.tsx'),
        children: [
          { path: 'account', lazy: () => import('./account/AccountPage.tsx') },
          { path: 'apply/:procedure', lazy: () => import('./form/BeginPage.tsx') },
          {
            path: 'drafts/:draftId',
            lazy: () => import('./form/DraftPage.tsx'),
            children: [
              { index: true, lazy: () => import('./form/StepPage.tsx') },
              { path: ':step', lazy: () => import('./form/StepPage.tsx') },
            ],
          },
          { path: 'together', lazy: () => import('./together/TogetherPage.tsx') },
          { path: 'together/:batchId', lazy: () => import('./together/TogetherPage.tsx') },
          { path: 'together/:batchId/check', lazy: () => import('./together/CheckPage.tsx') },
          { path: 'together/:batchId/received', lazy: () => import('./together/ReceivedPage.tsx') },
          { path: 'applications', lazy: () => import('./applications/ListPage.tsx') },
          { path: 'applications/:id', lazy: () => import('./applications/ApplicationPage.tsx') },
          { path: 'applications/:id/notices/:noticeId', lazy: () => import('./notices/NoticePage.tsx') },
          { path: 'applications/:id/received', lazy: () => import('./applications/ReceivedPage.tsx') },
          { path: 'applications/:id/cancel', lazy: () => import('./applications/CancelPage.tsx') },
          {
            path: 'applications/:id/answer',
            lazy: () => import('./applications/AnswerLayout.tsx'),
            children: [
              { index: true, lazy: () => import('./applications/AnswerOverview.tsx') },
              { path: 'items/:itemId', lazy: () => import('./applications/AnswerItem.tsx') },
              { path: 'check', lazy: () => import('./applications/AnswerCheck.tsx') },
              { path: 'done', lazy: () => import('./applications/AnswerDone.tsx') },
            ],
          },
        ],
      },
      { path: '*', lazy: () => import('./NotFoundPage.tsx') },
    ],
  },
];
