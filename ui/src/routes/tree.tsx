/** Every page and the file it is loaded from when it is first opened. */
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { alertsRoutes } from './alerts';
import { dashboardsRoutes } from './dashboards';
import { mlRoutes } from './ml';
import { root } from './root';
import { rulesRoutes } from './rules';
import { Waiting } from '../components/Feedback';
import { explorerSearch } from '../features/explorer/search';

const page = <P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const sources = () => import('../features/sources');

export const router = createRouter({
  routeTree: root.addChildren([
    page('/', lazyRouteComponent(() => import('../features/overview/Overview'), 'Overview')),
    page('/assets/$assetId', lazyRouteComponent(() => import('../features/assets/AssetPage'), 'AssetPage')),
    page('/sources', lazyRouteComponent(sources, 'SourceList')),
    page('/sources/new', lazyRouteComponent(sources, 'AddSource')),
    page('/sources/$sourceId', lazyRouteComponent(sources, 'SourcePage')),
    createRoute({
      getParentRoute: () => root,
      path: '/explorer',
      validateSearch: explorerSearch,
      component: lazyRouteComponent(() => import('../features/explorer/Explorer'), 'Explorer'),
    }),
    page('/settings', lazyRouteComponent(() => import('../features/settings/Settings'), 'Settings')),
    ...dashboardsRoutes,
    ...alertsRoutes,
    ...rulesRoutes,
    ...mlRoutes,
  ]),
  defaultPendingComponent: Waiting,
  defaultPreload: 'intent',
});
