import './styles/app.css';
import { startApp } from './lib/AppRoot.tsx';
import { common } from './portal/texts/common.ts';
import { routes } from './portal/routes.tsx';

startApp({ routes, service: common.service });
