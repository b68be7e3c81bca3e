namespace Microsoft.ML.Trainers;

/// <summary>A trainer that can say which column it takes for the label.</summary>
internal interface ILabelled
{
    string? LabelName { get; }
}
