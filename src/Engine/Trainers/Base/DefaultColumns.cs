namespace Microsoft.ML.Trainers;

/// <summary>Column names that trainers and evaluators take where none is given.</summary>
internal static class DefaultColumns
{
    public const string Features = "Features";
    public const string Label = "Label";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";
}
