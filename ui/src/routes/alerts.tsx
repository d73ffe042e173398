import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from './root';

export const alertsRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/alarms',
    component: lazyRouteComponent(() => import('../features/alerts'), 'Alarms'),
  }),
];
