namespace FeatureTransfer.Pipelines.Steps;

/// <summary>
/// A step that ends a chain: it learns to predict the label. Names are ML.NET's, and so are the defaults: they are read from its option classes.
/// </summary>
public abstract record TrainerStep : PipelineStep
{
    private protected TrainerStep()
    {
    }

    private protected TrainerStep(object defaults) => TrainerDefaults.Read(defaults, this);

    /// <summary>The label: a key for several classes, a boolean for two, a number for regression. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";
}

/// <summary>A trainer of one vector of features.</summary>
public abstract record FeatureTrainerStep : TrainerStep
{
    private protected FeatureTrainerStep()
    {
    }

    private protected FeatureTrainerStep(object defaults)
        : base(defaults)
    {
    }

    /// <summary>The features: a vector. Default <c>Features</c>.</summary>
    public string FeatureColumn { get; init; } = "Features";
}

/// <summary>A trainer whose rows may have weights.</summary>
public abstract record WeightedTrainerStep : FeatureTrainerStep
{
    private protected WeightedTrainerStep(object defaults)
        : base(defaults)
    {
    }

    /// <summary>The weights of the rows: numbers; null, the default, is the same weight for all.</summary>
    public string? ExampleWeightColumn { get; init; }
}

/// <summary>A trainer of two classes: alone in a chain whose task is binary, or inside <see cref="OneVersusAllStep" /> and <see cref="PairwiseCouplingStep" />.</summary>
public interface IBinaryTrainerStep;
