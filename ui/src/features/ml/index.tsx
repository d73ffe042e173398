/** Models, trainings and datasets; every page below /models. */
export { ComparePage } from './ComparePage';
export { DatasetPage } from './DatasetPage';
export { ModelPage } from './ModelPage';
export { Models } from './Models';
export { NewDataset } from './NewDataset';
export { TrainForm } from './TrainForm';
export { TrainingPage } from './TrainingPage';
