import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from './root';

export const dashboardsRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/dashboards',
    component: lazyRouteComponent(() => import('../features/dashboards'), 'Dashboards'),
  }),
];
