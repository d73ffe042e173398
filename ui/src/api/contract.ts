/**
 * Every field that the page reads is one that the server declares: what is dropped or renamed in the
 * OpenAPI document (schema.d.ts is made from it, and checked) fails the build here.
 */
import type { Alert } from './alerts';
import type { Annotation } from './annotations';
import type { Asset } from './assets';
import type { Board } from './boards';
import type { DemoPlant } from './demo';
import type { Algorithm, Answer, Backfill, Curves, Dataset, Deployment, Drift, Model, Training } from './ml';
import type { Rule } from './rules';
import type { components } from './schema';
import type { Session } from './session';
import type { BrowseNode, Reading, Source, SourceTag, SourceType, TestReport } from './sources';

type Schemas = components['schemas'];
type Fits<Ours, Theirs extends { [Field in keyof Ours]: unknown }> = Theirs;

export type Contract = [
  Fits<Alert, Schemas['AlertItem']>, Fits<Rule, Schemas['RuleItem']>, Fits<Annotation, Schemas['AnnotationItem']>,
  Fits<Asset, Schemas['AssetItem']>, Fits<Board, Schemas['DashboardItem']>, Fits<Session, Schemas['SessionItem']>, Fits<DemoPlant, Schemas['DemoItem']>,
  Fits<Source, Schemas['SourceItem']>, Fits<SourceTag, Schemas['twinedge__sources__schemas__TagItem']>, Fits<SourceType, Schemas['TypeItem']>, Fits<TestReport, Schemas['twinedge__sources__schemas__TestItem']>,
  Fits<BrowseNode, Schemas['NodeItem']>, Fits<Reading, Schemas['ReadingItem']>,
  Fits<Algorithm, Schemas['AlgorithmItem']>, Fits<Dataset, Schemas['DatasetItem']>, Fits<Training, Schemas['TrainingItem']>, Fits<Model, Schemas['ModelItem']>,
  Fits<Deployment, Schemas['DeploymentItem']>, Fits<Drift, Schemas['DriftItem']>, Fits<Backfill, Schemas['BackfillItem']>, Fits<Curves, Schemas['CurvesItem']>,
  Fits<Answer, Schemas['AnswerItem']>,
];
