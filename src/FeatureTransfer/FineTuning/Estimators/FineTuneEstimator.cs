using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.FineTuning;

/// <summary>Trains a backbone's graph on labelled images: a new head first, then layers of the backbone with it.</summary>
public sealed class FineTuneEstimator : IEstimator<FineTunedTransformer>
{
    private readonly FeatureTransferServices _services;
    private readonly IProgress<FineTuneProgress>? _progress;
    private readonly ITuningObserver? _observer;
    private readonly FineTuneTask _kind;

    internal FineTuneEstimator(FineTuneTask kind, FineTuneOptions options, FeatureTransferServices? services, IProgress<FineTuneProgress>? progress, ITuningObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_kind, Options, _services, _progress, _observer) = (kind, options, services ?? FeatureTransferServices.Default, progress, observer);
    }

    /// <summary>What is trained, and how.</summary>
    public FineTuneOptions Options { get; }

    /// <summary>Trains.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">The backbone, a layer, the rows or the checkpoint do not fit, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped before anything was learned that could be kept.</exception>
    public FineTunedTransformer Fit(IDataView input) => Fit(input, null);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return ScoreSchema.Add(inputSchema, Options, _kind);
    }

    /// <summary>Trains with rows of their own to judge by, where the options say that there are some.</summary>
    internal FineTunedTransformer Fit(IDataView input, IDataView? validation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var task = TaskOf(input.Schema);
        using var images = new EncodedImages(Options.ActivationMemory);
        var reader = new TuningRowReader(Options, images, _services);
        var rows = reader.Read(input, task);
        if (validation is not null)
            rows = rows.With(reader.Read(validation, task));
        var card = _services.Catalog.Get(Options.Backbone).ForImages();
        var recipe = Options.Recipe ?? card.Preprocessing;
        var options = Resolve(card);
        var labels = rows.Labels;
        TuningModel model;
        if (options.ContinueFrom is { } saved)
        {
            var before = SavedModels.Load(saved);

            // The classes of these rows come first, for their keys count from there; what the model knew besides stays behind them.
            labels = [.. labels.Union(TuningLayout.Of(before)?.Labels ?? [])];
            model = TuningModelBuilder.Continue(before, recipe, task, labels);
        }
        else
        {
            model = Create(card, options, recipe, task, rows);
        }

        var padded = rows.Rows.Select(row => row with { Target = Padded(row.Target, model.Outputs) }).ToList();
        var tuned = new Tuner(options, model, recipe, _services, _progress, _observer).Run(padded);
        return FineTunedTransformer.Create(tuned.Model, recipe, Options.InputColumnName, card.Id, _services, options.Device, tuned.Summary).For(InputKinds.Of(input.Schema, Options.InputColumnName));
    }

    private FineTuneTask TaskOf(DataViewSchema schema)
    {
        var label = LabelColumns.Find(schema, Options.LabelColumnName, "the label");
        var task = _kind == FineTuneTask.Binary && LabelColumns.Suits(label.Type, FineTuneTask.MultiLabel) ? FineTuneTask.MultiLabel : _kind;
        return LabelColumns.Suits(label.Type, task)
            ? task
            : throw new ArgumentOutOfRangeException(nameof(schema), $"FineTune: the label column '{label.Name}' is {label.Type}. Expected {LabelColumns.Expected(task)}.");
    }

    // Aliases of the card become the names of tensors.
    private FineTuneOptions Resolve(ModelCard card) => Options with
    {
        TrainableFrom = Options.TrainableFrom is { } from ? card.ResolveLayer(from) : null,
        Unfreeze = Options.Unfreeze.Select(step => step with { From = card.ResolveLayer(step.From) }).ToValueList(),
    };

    private TuningModel Create(ModelCard card, FineTuneOptions options, ImageRecipe recipe, FineTuneTask task, TuningRows rows)
    {
        var backbone = _services.Backbones.Open(card, _services.Cancellation);
        var graph = backbone.LoadModel();
        return TuningModelBuilder.Create(graph, backbone.ResolveLayers(graph, options.Layers), options.Pooling ?? card.DefaultPooling, recipe, options, task, rows.Outputs, rows.Labels);
    }

    private static float[] Padded(float[] target, int length) => target.Length == length ? target : [.. target, .. new float[length - target.Length]];
}
