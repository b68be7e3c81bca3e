namespace FeatureTransfer.FineTuning;

/// <summary>Is told of what a training does, as it does it, by the thread that trains.</summary>
internal interface ITuningObserver
{
    /// <summary>The features of a row have been computed, or came from the cache.</summary>
    void Extracted(TuningRow row);

    /// <summary>An epoch is over and the validation rows have been judged.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="validation">The scores of the validation rows; null without any.</param>
    /// <param name="training">Judges the rows that taught with the weights as they are now; null where training changes its images.</param>
    void Ended(TrainingEpoch epoch, ValidationScores? validation, Func<ValidationScores>? training);
}
