namespace Microsoft.ML.Trainers;

/// <summary>A linear model of several classes with the log-loss, trained by dual coordinate ascent; its scores are probabilities.</summary>
public sealed class SdcaMaximumEntropyMulticlassTrainer : SdcaMulticlassTrainerBase<MaximumEntropyModelParameters>
{
    internal SdcaMaximumEntropyMulticlassTrainer(MLContext context, Options options)
        : base(context, options, new LogLoss())
    {
    }

    private protected override MaximumEntropyModelParameters MakeModel(float[] biases, float[] weights) => new(biases, weights);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : MulticlassOptions
    {
        public Options()
        {
        }
    }
}

/// <summary>A linear model of several classes with any loss that has a dual, trained by dual coordinate ascent.</summary>
public sealed class SdcaNonCalibratedMulticlassTrainer : SdcaMulticlassTrainerBase<LinearMulticlassModelParameters>
{
    internal SdcaNonCalibratedMulticlassTrainer(MLContext context, Options options)
        : base(context, options, options.Loss ?? new LogLoss())
    {
    }

    private protected override LinearMulticlassModelParameters MakeModel(float[] biases, float[] weights) => new(biases, weights);

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : MulticlassOptions
    {
        public Options()
        {
        }

        /// <summary>Null is the log-loss.</summary>
        public ISupportSdcaClassificationLoss? Loss { get; set; }
    }
}
