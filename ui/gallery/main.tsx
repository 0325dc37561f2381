import '../styles/app.css';
import { Outlet } from 'react-router';
import { Footer, Main, PortalHeader, SkipLink, StaffHeader } from '../components/index.ts';
import { startApp } from '../lib/AppRoot.tsx';
import { RouteFocus } from '../lib/index.ts';
import { FormsPage } from './FormsPage.tsx';
import { ListsPage } from './ListsPage.tsx';
import { LivePage } from './LivePage.tsx';
import { OverlaysPage } from './OverlaysPage.tsx';
import { ShowingPage } from './ShowingPage.tsx';
import { ViewerPage } from './ViewerPage.tsx';

const nav = [
  { to: '/', label: '入力', end: true },
  { to: '/showing', label: '表示' },
  { to: '/lists', label: '一覧', count: 12 },
  { to: '/overlays', label: '重なり' },
  { to: '/viewer', label: '書類' },
];

function PortalLayout() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <RouteFocus />
      <PortalHeader
        serviceName="新BOP学童クラブ 利用手続き"
        nav={nav}
        account={{ name: '世田谷 花子', onSignOut: () => undefined }}
      />
      <Main>
        <Outlet />
      </Main>
      <Footer links={[{ to: '/showing', label: 'お問い合わせ' }]}>
        <p>世田谷区 児童課</p>
      </Footer>
    </div>
  );
}

function StaffLayout() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <RouteFocus />
      <StaffHeader
        serviceName="新BOP学童クラブ 審査事務"
        nav={nav}
        user={{ name: '審査 太郎', role: '従事者' }}
        lastSignIn="前回のログイン 2026年11月20日 17:02"
        environment="試験環境です。実在の方の情報を入力しないでください。"
        onSignOut={() => undefined}
      />
      <Main wide>
        <Outlet />
      </Main>
    </div>
  );
}

startApp({
  basename: '/gallery',
  service: '部品一覧',
  routes: [
    {
      element: <PortalLayout />,
      children: [
        { index: true, element: <FormsPage /> },
        { path: 'showing', element: <ShowingPage /> },
        { path: 'overlays', element: <OverlaysPage /> },
        { path: 'live', element: <LivePage /> },
      ],
    },
    {
      element: <StaffLayout />,
      children: [
        { path: 'lists', element: <ListsPage /> },
        { path: 'viewer', element: <ViewerPage /> },
      ],
    },
  ],
});
