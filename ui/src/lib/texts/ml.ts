export const ml = {
  title: 'Models have no page of their own yet',
  lead: 'Datasets, training and deployed models are worked through the API under /v1/ml. The scores of a deployed model are ordinary tags: see them in the explorer.',
  reference: 'API reference',
};
