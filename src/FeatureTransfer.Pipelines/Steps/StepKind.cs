using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>What building an estimator needs.</summary>
internal sealed record StepBuild(MLContext Context, FeatureTransferServices Services, string? BaseFolder)
{
    /// <summary>Where a step that trains for long saves its state; null is nowhere.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Whether such a step goes on from there.</summary>
    public bool Resume { get; init; }

    /// <summary>What the pipeline learns to predict: it says which of ML.NET's catalogs a trainer comes from.</summary>
    public PipelineTask Task { get; init; }

    /// <summary>What names of places within the step begin with, such as <c>$.estimators[0].</c>. Default nothing.</summary>
    public string Place { get; init; } = "";

    /// <summary>Whether the model is for a fold of the cross-validation, which alone is judged. Default false.</summary>
    public bool IsFold { get; init; }

    /// <summary>The seed of trainers that have a generator of their own; null is ML.NET's.</summary>
    public int? Seed { get; init; }

    /// <summary>An id stays; the path of a card or a model is made full.</summary>
    public string ResolveBackbone(string backbone) =>
        backbone.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || backbone.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? PipelinePaths.Resolve(backbone, BaseFolder)
            : backbone;

    /// <summary>The full path of a file or folder; null stays.</summary>
    public string? ResolvePath(string? path) => path is null ? null : PipelinePaths.Resolve(path, BaseFolder);

    /// <summary>The preprocessing of a backbone's card with changes; null where there are none.</summary>
    /// <exception cref="FeatureTransferException">The changes are for another kind of inputs than the backbone's.</exception>
    public Preprocessing? PreprocessingOf(string backbone, PreprocessingOverride image, TextPreprocessing text)
    {
        var (ofImages, ofText) = (image != new PreprocessingOverride(), text != new TextPreprocessing());
        if (!ofImages && !ofText)
            return null;
        var card = Services.Catalog.Get(ResolveBackbone(backbone));
        if ((ofImages && card.Modality != Modality.Image) || (ofText && card.Modality != Modality.Text))
            throw new FeatureTransferException($"The option \"{(ofImages && card.Modality != Modality.Image ? "preprocessing" : "text")}\" does not fit the backbone '{card.Id}', which takes {card.Modality.ToString().ToLowerInvariant()}. Leave it out.");
        return ofText ? text : image.Apply(card.Preprocessing);
    }
}

/// <summary>One row of the table of steps.</summary>
internal interface IStepKind
{
    string Name { get; }

    bool Trains { get; }

    /// <summary>The tasks that a chain may have which ends with this step; empty where it is no trainer.</summary>
    IReadOnlyList<PipelineTask> Tasks { get; }

    /// <summary>All of it, for people, with its options described.</summary>
    StepInfo Info { get; }

    IUnionCase<PipelineStep> Case { get; }

    /// <summary>Checks that the step has a place in a pipeline of the task.</summary>
    /// <exception cref="FeatureTransferException">It has none; the message names the way out.</exception>
    void Check(PipelineStep step, PipelineTask task);

    IEstimator<ITransformer> Create(PipelineStep step, StepBuild build);
}

/// <summary>Makes rows of the table of steps.</summary>
internal static class StepKind
{
    /// <summary>A step that learns from the rows, or whose outcome cannot be kept as text and numbers.</summary>
    public static IStepKind Trained<T>(string name, string summary, OptionSet<T> options, Func<T, StepBuild, IEstimator<ITransformer>> create)
        where T : PipelineStep => new StepKind<T>(name, summary, true, options, create);

    /// <summary>A step that ends a chain: it predicts.</summary>
    public static IStepKind Trainer<T>(string name, string summary, OptionSet<T> options, Func<T, StepBuild, IEstimator<ITransformer>> create, params PipelineTask[] tasks)
        where T : PipelineStep => new StepKind<T>(name, summary, true, options, create, tasks);

    /// <summary>A step that does the same to every row, whatever the others are.</summary>
    public static IStepKind Frozen<T>(string name, string summary, OptionSet<T> options, Func<T, StepBuild, IEstimator<ITransformer>> create)
        where T : PipelineStep => new StepKind<T>(name, summary, false, options, create);
}

/// <summary>One row of the table of steps, whose options are a record.</summary>
internal sealed class StepKind<T>(string name, string summary, bool trains, OptionSet<T> options, Func<T, StepBuild, IEstimator<ITransformer>> create, params PipelineTask[] tasks) : IStepKind
    where T : PipelineStep
{
    public string Name => name;

    public bool Trains => trains;

    public IReadOnlyList<PipelineTask> Tasks => tasks;

    public StepInfo Info => new(name, summary, trains, options.Describe()) { Tasks = tasks };

    public IUnionCase<PipelineStep> Case { get; } = new UnionCase<PipelineStep, T>(name, summary, options);

    public void Check(PipelineStep step, PipelineTask task)
    {
        if (tasks.Length > 0 && !tasks.Contains(task))
            throw TaskFault.Of(Info, task, wraps: false);
    }

    public IEstimator<ITransformer> Create(PipelineStep step, StepBuild build) => create((T)step, build);
}
