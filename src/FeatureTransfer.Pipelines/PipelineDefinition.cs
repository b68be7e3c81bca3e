using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines;

/// <summary>
/// A pipeline as declared, in C# or in JSON: the data, how it is split, the chain of estimators, how the result is judged, and what is
/// written. Immutable; two definitions with the same contents are equal.
/// </summary>
public sealed record PipelineDefinition
{
    /// <summary>The pipeline's name, used in reports. Default: the file's name.</summary>
    public string Name { get; init; } = "pipeline";

    /// <summary>What the pipeline is for. Default: empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The seed of everything random: the splits and the trainers. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is predicted: it decides how labels are read, how rows are split and which metrics count. Default <see cref="PipelineTask.Multiclass" />.</summary>
    public PipelineTask Task { get; init; }

    /// <summary>Where the rows come from.</summary>
    public required DataSource Data { get; init; }

    /// <summary>Which rows train and which rows test.</summary>
    public SplitOptions Split { get; init; } = new();

    /// <summary>The chain, one entry an estimator, in order.</summary>
    public ValueList<PipelineStep> Estimators { get; init; } = [];

    /// <summary>How the result is judged.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Which options of the chain are tried out; null, the default, runs the chain as it is.</summary>
    public SearchOptions? Search { get; init; }

    /// <summary>Another domain, which the model is for; null, the default, where it is for rows like <see cref="Data" />.</summary>
    public TargetOptions? Target { get; init; }

    /// <summary>What is written, and where.</summary>
    public OutputOptions Outputs { get; init; } = new();

    /// <summary>
    /// The folder that relative paths of the definition start from: the folder of its file. Null is the current directory. It is a fact of
    /// the place and not of the pipeline, so it counts for nothing in equality.
    /// </summary>
    public string? BaseFolder { get; init; }

    /// <summary>Starts a definition in C#.</summary>
    /// <param name="data">Where the rows come from.</param>
    /// <param name="name">The pipeline's name.</param>
    public static PipelineBuilder From(DataSource data, string name = "pipeline") => new(new PipelineDefinition { Data = data, Name = name });

    /// <summary>The full path of a path of the definition.</summary>
    /// <param name="path">Absolute, relative to <see cref="BaseFolder" />, or <c>npm:PACKAGE@VERSION/sub/path</c>.</param>
    /// <exception cref="FeatureTransferException">The npm package is not installed.</exception>
    public string Resolve(string path) => PipelinePaths.Resolve(path, BaseFolder);

    /// <inheritdoc />
    public bool Equals(PipelineDefinition? other) =>
        other is not null
        && (Name, Description, Seed, Task) == (other.Name, other.Description, other.Seed, other.Task)
        && Data.Equals(other.Data)
        && Split.Equals(other.Split)
        && Estimators.Equals(other.Estimators)
        && Evaluation.Equals(other.Evaluation)
        && Equals(Search, other.Search)
        && Equals(Target, other.Target)
        && Outputs.Equals(other.Outputs);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, (Seed, Task), Data, Split, Estimators, Evaluation, (Search, Target), Outputs);
}
