namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Puts predictions into the form in which they are written as JSON.</summary>
/// <param name="bundle">The bundle that gave them.</param>
/// <param name="top">How many of the best labels to tell of; null for the scores of all labels.</param>
internal sealed class AnswerForm(Bundle bundle, int? top)
{
    /// <summary>The answer.</summary>
    /// <param name="prediction">A prediction of the bundle.</param>
    /// <param name="input">What to call its input; null leaves it out.</param>
    public Answer Of(Prediction prediction, string? input)
    {
        if (prediction.Error is { } error)
            return new Answer { Input = input, Error = error };
        if (bundle.Task == PipelineTask.Regression)
            return new Answer { Input = input, Number = prediction.Score };
        var answer = new Answer
        {
            Input = input,
            Label = prediction.Label,
            Confidence = (float?)prediction.Confidence,
            Scores = top is null ? bundle.Labels.Zip(prediction.Scores).ToDictionary(pair => pair.First, pair => pair.Second) : null,
            Top = top is { } most ? bundle.Top(prediction, most) : null,
        };
        return bundle.Task switch
        {
            PipelineTask.Binary => answer with { Score = prediction.Score, Probability = prediction.Probability, Threshold = bundle.Threshold },
            PipelineTask.MultiLabel => answer with { Label = null, Labels = prediction.Label!.Split(bundle.Manifest.LabelSeparator, StringSplitOptions.RemoveEmptyEntries), Threshold = bundle.Threshold },
            _ => answer with { Costly = prediction.Costly, Asked = prediction.Costly is null ? null : prediction.Asked, Set = prediction.Set, Novelty = prediction.Novelty, Unknown = prediction.Unknown },
        };
    }
}
