using FeatureTransfer.Heads;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A trainer for a handful of labels over features; the label is a key.</summary>
public abstract record HeadStep : FeatureTrainerStep, IValidatedStep, IOptionPart
{
    private readonly HeadOptions _defaults;

    private protected HeadStep(HeadOptions defaults)
        : base(defaults) => _defaults = defaults;

    /// <summary>A column that is added with the logits, whose softmax <c>Score</c> is; null, the default, is none.</summary>
    public string? LogitsColumn { get; init; }

    private HeadOptions Options => TrainerDefaults.Write(this, _defaults with { });

    object IOptionPart.Create() => Options;

    // Only the columns are left to check: formats have seen to the rest.
    void IValidatedStep.Validate()
    {
        try
        {
            Options.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new FeatureTransferException(exception.Message, exception);
        }
    }
}

/// <summary>A step whose options are checked against each other.</summary>
internal interface IValidatedStep
{
    /// <summary>Checks them.</summary>
    /// <exception cref="FeatureTransferException">They do not fit each other.</exception>
    void Validate();
}

/// <summary>The k nearest of the training rows vote.</summary>
public sealed record KNearestNeighboursStep() : HeadStep(new KNearestNeighboursOptions())
{
    /// <summary>How many rows vote. Default 5.</summary>
    public int K { get; init; }

    /// <summary>How distances are computed. Default <see cref="SimilarityMetric.Cosine"/>.</summary>
    public SimilarityMetric Metric { get; init; }

    /// <summary>What a vote counts. Default <see cref="NeighbourWeights.Distance"/>.</summary>
    public NeighbourWeights Weights { get; init; }
}

/// <summary>A row belongs to the class whose mean is nearest.</summary>
public sealed record NearestCentroidStep() : HeadStep(new NearestCentroidOptions())
{
    /// <summary>How distances are computed. Default <see cref="SimilarityMetric.Cosine"/>.</summary>
    public SimilarityMetric Metric { get; init; }

    /// <summary>Whether a temperature is fitted on rows held out in turn. Default true.</summary>
    public bool Calibrate { get; init; }
}

/// <summary>Penalised least squares, one class against the rest, in closed form.</summary>
public sealed record RidgeClassifierStep() : HeadStep(new RidgeClassifierOptions())
{
    /// <summary>The penalty. Default 1.</summary>
    public double Alpha { get; init; }

    /// <summary>Whether a temperature is fitted on rows held out in turn. Default true.</summary>
    public bool Calibrate { get; init; }
}

/// <summary>A linear support vector machine, one class against the rest, by dual coordinate descent.</summary>
public sealed record LinearSvcStep() : HeadStep(new LinearSvcOptions())
{
    /// <summary>What errors cost beside the weights' squares. Default 1.</summary>
    public double C { get; init; }

    /// <summary>The loss of a row within the margin. Default <see cref="MarginLoss.SquaredHinge"/>.</summary>
    public MarginLoss Loss { get; init; }

    /// <summary>The largest violation of the optimality conditions that ends the descent. Default 0.001.</summary>
    public double Tolerance { get; init; }

    /// <summary>The most passes over the rows, of each class. Default 1000.</summary>
    public int MaximumNumberOfIterations { get; init; }

    /// <summary>Whether a temperature is fitted on rows held out in turn. Default true.</summary>
    public bool Calibrate { get; init; }
}

/// <summary>Multinomial logistic regression that chooses its own L2 regularization by cross-validation.</summary>
public sealed record LinearProbeStep() : HeadStep(new LinearProbeOptions())
{
    /// <summary>The grid. Default powers of ten from 0.001 to 10000.</summary>
    public ValueList<double> L2Regularizations { get; init; } = [];

    /// <summary>How many parts of the rows judge in turn. Default 5.</summary>
    public int Folds { get; init; }

    /// <summary>The largest gradient, of the mean loss of a row, that ends a fit. Default 0.00001.</summary>
    public double Tolerance { get; init; }

    /// <summary>The most iterations of a fit. Default 500.</summary>
    public int MaximumNumberOfIterations { get; init; }
}
