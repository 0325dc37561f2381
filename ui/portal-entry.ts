import './styles/app.css';
import { startApp } from './lib/AppRoot.tsx';
import { routes } from './portal/routes.tsx';

startApp({ routes, service: '新BOP学童クラブ 利用手続き' });
