using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A trainer that ML.NET has under one name in one or several of its catalogs; the pipeline's task says which is meant.</summary>
internal interface ITrainerKind : IStepKind
{
    /// <summary>The trainer by task.</summary>
    IReadOnlyDictionary<PipelineTask, ITrainerSource> Sources { get; }

    /// <summary>The trainer's form inside one of several classes; null where ML.NET has none of two classes.</summary>
    IUnionCase<IBinaryTrainerStep>? BinaryCase { get; }
}

/// <summary>One row of the table of steps: a trainer that ML.NET has option classes for.</summary>
internal sealed class TrainerKind<T>(string name, string summary, OptionSet<T> options) : ITrainerKind
    where T : TrainerStep
{
    private readonly SortedDictionary<PipelineTask, ITrainerSource> _sources = [];

    public IReadOnlyDictionary<PipelineTask, ITrainerSource> Sources => _sources;

    public string Name => name;

    public bool Trains => true;

    public IReadOnlyList<PipelineTask> Tasks => [.. _sources.Keys];

    public StepInfo Info => new(name, summary, true, options.Describe()) { Tasks = Tasks };

    public IUnionCase<PipelineStep> Case { get; } = new UnionCase<PipelineStep, T>(name, summary, options);

    public IUnionCase<IBinaryTrainerStep>? BinaryCase { get; private set; }

    /// <summary>The trainer in the catalog of several classes.</summary>
    public TrainerKind<T> Multiclass<TOptions>(Func<MLContext, TOptions, IEstimator<ITransformer>> create)
        where TOptions : class, new() => Multiclass((StepBuild build, TOptions options) => create(build.Context, options));

    /// <summary>A trainer of ours in the catalog of several classes, which can be stopped.</summary>
    public TrainerKind<T> Multiclass<TOptions>(Func<StepBuild, TOptions, IEstimator<ITransformer>> create)
        where TOptions : class, new() => With(PipelineTask.Multiclass, new TrainerSource<TOptions>(create));

    /// <summary>The trainer in the catalog of regression.</summary>
    public TrainerKind<T> Regression<TOptions>(Func<MLContext, TOptions, IEstimator<ITransformer>> create)
        where TOptions : class, new() => With(PipelineTask.Regression, new TrainerSource<TOptions>((build, options) => create(build.Context, options)));

    /// <summary>The trainer in the catalog of two classes.</summary>
    public TrainerKind<T> Binary(IBinarySource source, Func<string, string, OptionSet<T>, IUnionCase<IBinaryTrainerStep>> form)
    {
        BinaryCase = form(name, summary, options);
        return With(PipelineTask.Binary, source);
    }

    public void Check(PipelineStep step, PipelineTask task)
    {
        if (!_sources.TryGetValue(task, out var source))
            throw TaskFault.Of(Info, task, BinaryCase is not null);
        if (TrainerDefaults.Foreign(source.Options, step, options.Create()).FirstOrDefault() is { } property)
            throw new FeatureTransferException($"{name} has no option \"{JsonNamingPolicy.CamelCase.ConvertName(property)}\" in the task {TaskFault.Name(task)}; ML.NET has it in the task {Owners(property)} alone. Leave it out.");
        (step as IValidatedStep)?.Validate();
    }

    public IEstimator<ITransformer> Create(PipelineStep step, StepBuild build) => _sources[build.Task].Create((T)step, build);

    private TrainerKind<T> With(PipelineTask task, ITrainerSource source)
    {
        _sources.Add(task, source);
        return this;
    }

    private string Owners(string property) =>
        string.Join(" and ", _sources.Where(pair => OptionMember.Find(pair.Value.Options, property) is not null).Select(pair => TaskFault.Name(pair.Key)));
}

/// <summary>Adds trainers of two classes to rows of the table.</summary>
internal static class TrainerKindExtensions
{
    /// <summary>The trainer in the catalog of two classes; the types follow from what <paramref name="create" /> takes and gives.</summary>
    public static TrainerKind<T> Binary<T, TOptions, TModel>(this TrainerKind<T> kind, Func<MLContext, TOptions, ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel>> create)
        where T : TrainerStep, IBinaryTrainerStep
        where TOptions : class, new()
        where TModel : class => kind.Binary(
            new BinarySource<TOptions, TModel>(create),
            (name, summary, options) => new UnionCase<IBinaryTrainerStep, T>(name, summary, options));
}
