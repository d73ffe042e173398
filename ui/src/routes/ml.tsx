import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from './root';

const ml = () => import('../features/ml');
type Name = keyof Awaited<ReturnType<typeof ml>>;

const page = (path: string, name: Name) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(ml, name) });

export const mlRoutes = [
  page('/models', 'Models'),
  page('/models/new-dataset', 'NewDataset'),
  page('/models/train', 'TrainForm'),
  page('/models/compare', 'ComparePage'),
  page('/models/datasets/$datasetId', 'DatasetPage'),
  page('/models/training/$trainingId', 'TrainingPage'),
  page('/models/$modelId', 'ModelPage'),
];
