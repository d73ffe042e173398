import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from './root';

export const mlRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/models',
    component: lazyRouteComponent(() => import('../features/ml'), 'Models'),
  }),
];
