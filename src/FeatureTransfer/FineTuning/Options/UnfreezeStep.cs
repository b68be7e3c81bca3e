namespace FeatureTransfer.FineTuning;

/// <summary>A step of gradual unfreezing.</summary>
/// <param name="Epoch">The epoch of the second phase, from 0, with which the step begins.</param>
/// <param name="From">The layer, an alias or a tensor, from which on the weights learn.</param>
public sealed record UnfreezeStep(int Epoch, string From);

/// <summary>The learning rate of some weights.</summary>
/// <param name="Pattern">The names of the weights, with <c>*</c> for any characters.</param>
/// <param name="Factor">The factor on the learning rate; 0 keeps them as they are.</param>
public sealed record LearningRateGroup(string Pattern, double Factor);
