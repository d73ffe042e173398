import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from './root';

export const rulesRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/rules',
    component: lazyRouteComponent(() => import('../features/rules'), 'Rules'),
  }),
];
