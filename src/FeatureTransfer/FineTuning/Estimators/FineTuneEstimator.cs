using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;

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
        var card = _services.Catalog.Get(Options.Backbone);
        CheckAugmentation(card);
        using var images = new EncodedImages(Options.ActivationMemory);
        var reader = new TuningRowReader(Options, card.Modality, images, _services);
        var rows = reader.Read(input, task);
        if (validation is not null)
            rows = rows.With(reader.Read(validation, task));
        var source = TuningSource.Open(card, Options, _services, rows);
        var options = Resolve(card);
        var model = options.ContinueFrom is { } saved ? Continue(saved, source, task, rows) : source.Create(options, task, rows);
        var padded = rows.Rows.Select(row => row with { Target = Padded(row.Target, model.Outputs) }).ToList();
        var tuned = new Tuner(options, model, source.Rows, _services, _progress, _observer).Run(padded);
        return FineTunedTransformer.Create(PackedInput.Unpack(tuned.Model), source.Preparation, Network(options, card), card.Id, _services, tuned.Summary).For(input.Schema);
    }

    // The classes of these rows come first, for their keys count from there; what the model knew besides stays behind them.
    private static TuningModel Continue(string saved, TuningSource source, FineTuneTask task, TuningRows rows)
    {
        var before = SavedModels.Load(saved);
        return TuningModelBuilder.Continue(before, source.Rows, task, [.. rows.Labels.Union(TuningLayout.Of(before)?.Labels ?? [])], source.Packed);
    }

    private void CheckAugmentation(ModelCard card)
    {
        if (card.Modality != Modality.Image && (Options.Augmentation is not null || Options.Mix is { IsOn: true, Place: MixPlace.Images }))
            throw new FeatureTransferException($"{card.Origin}: the backbone '{card.Id}' takes {card.Modality.ToString().ToLowerInvariant()}, and augmentation and mixing of inputs are for images. Leave them out, or mix activations.");
        if (card.Modality != Modality.Audio && !Options.AudioAugmentation.IsEmpty)
            throw new FeatureTransferException($"{card.Origin}: the backbone '{card.Id}' takes {card.Modality.ToString().ToLowerInvariant()}, and {nameof(Options.AudioAugmentation)} is for recordings. Leave it out.");
    }

    private static ExtractFeaturesOptions Network(FineTuneOptions options, ModelCard card) => new()
    {
        Backbone = card.Id,
        InputColumnName = options.InputColumnName,
        PairColumnName = options.PairColumnName,
        OutputColumnName = ScoreMapping.Score,
        Device = options.Device,
        UseCache = false,
    };

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

    private static float[] Padded(float[] target, int length) => target.Length == length ? target : [.. target, .. new float[length - target.Length]];
}
