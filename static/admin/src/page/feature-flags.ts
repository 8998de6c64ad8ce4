import { setBooleanFeatureFlagResolver } from '@atlaskit/platform-feature-flags';

/**
 * Atlaskit asks for experiments of Atlassian's own products at every rendering. This page takes part in none; without an
 * answer, each question would be a warning in the console.
 */
setBooleanFeatureFlagResolver(() => false);
