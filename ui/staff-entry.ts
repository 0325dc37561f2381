import './styles/app.css';
import { startApp } from './lib/AppRoot.tsx';
import { routes } from './staff/routes.tsx';

startApp({ routes, basename: '/staff', service: '新BOP学童クラブ 審査事務', language: 'ja' });
