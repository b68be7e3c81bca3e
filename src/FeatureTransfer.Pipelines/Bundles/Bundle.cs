using System.Runtime.CompilerServices;
using System.Text.Json;
using FeatureTransfer.Export;
using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.BuiltIn;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs;
using FeatureTransfer.Models;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines;

/// <summary>
/// A trained pipeline in one <c>.ftm</c> file; opening it needs no training data, no catalogue and no network. Predicting is safe from any
/// number of threads at once.
/// </summary>
public sealed class Bundle : IDisposable
{
    private const string NoName = "the image";
    private readonly BundlePredictor _single;

    private Bundle(string path, BundleManifest manifest, ITransformer model, double? threshold, string? features)
    {
        Path = path;
        Manifest = manifest;
        Model = model;
        Rules = threshold is { } given ? TaskRules.Of(manifest).With(given) : TaskRules.Of(manifest);
        Features = features;
        _single = new BundlePredictor(path, model, manifest.InputColumns, Rules, ReadsTexts ? manifest.TextColumns[0] : null, features);
    }

    /// <summary>Answers for single rows.</summary>
    internal BundlePredictor Single => _single;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>A SHA-256 of what the file holds, as lower-case hexadecimal: another file has another.</summary>
    public string Hash { get; private init; } = "";

    /// <summary>What the bundle says of itself.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The whole chain.</summary>
    public ITransformer Model { get; }

    /// <summary>What is predicted.</summary>
    public PipelineTask Task => Manifest.Task;

    /// <summary>The labels, in the order of the scores; of a task with two answers first the negative label. Empty where the answer is a number.</summary>
    public IReadOnlyList<string> Labels => Manifest.Labels;

    /// <summary>
    /// From where on a row is called positive, or is given a label: a probability, or a score where the trainer gives no probabilities. With one of
    /// several classes, what the best label must reach to be the answer. Null where there is no such limit.
    /// </summary>
    public double? Threshold => Rules.Threshold;

    /// <summary>What the task decides.</summary>
    internal TaskRules Rules { get; }

    /// <summary>The keys of the rows that trained it, see <see cref="RowKeys" />.</summary>
    internal IReadOnlySet<ulong> TrainingRows { get; private init; } = new HashSet<ulong>();

    /// <summary>The column that predictions have the values of; null where they have none.</summary>
    internal string? Features { get; }

    /// <summary>What new data are compared with; null but where the bundle was opened for that.</summary>
    internal DriftSample? Sample { get; private init; }

    /// <summary>The columns that the chain reads.</summary>
    internal DataViewSchema InputSchema { get; private init; } = new DataViewSchema.Builder().ToSchema();

    private FeatureTransferServices Services { get; init; } = FeatureTransferServices.Default;

    /// <summary>Runs SQL for who judges the bundle; null for nobody.</summary>
    internal ISqlEngine? Sql { get; private init; }

    /// <summary>Opens a bundle.</summary>
    /// <param name="path">The <c>.ftm</c> file.</param>
    /// <param name="services">Where features are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="threshold">The <see cref="Threshold" /> of the answers. Default the one that training chose; none with one of several classes.</param>
    /// <exception cref="FeatureTransferException">The file is missing, damaged, no bundle, or of another format, or its answers are numbers, which have no threshold.</exception>
    public static Bundle Load(string path, FeatureTransferServices? services = null, double? threshold = null) => Open(path, services, threshold, forDrift: false);

    /// <summary>Opens a bundle with its <see cref="Sample"/>, so that predictions have their <see cref="Prediction.Features"/>.</summary>
    /// <exception cref="FeatureTransferException">As with <see cref="Load"/>, or the bundle has no sample.</exception>
    internal static Bundle LoadForDrift(string path, FeatureTransferServices services) => Open(path, services, null, forDrift: true);

    private static Bundle Open(string path, FeatureTransferServices? services, double? threshold, bool forDrift)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
            throw new FeatureTransferException("The model file has an empty name. Expected a .ftm file such as out/quickstart/model.ftm.");
        var own = services ?? FeatureTransferServices.Default;
        ModelManifest.LoadAhead(typeof(ModelManifest), typeof(BundleManifest), typeof(SavedExtraction));
        using var file = ModelFile.Read(path);
        var manifest = ReadManifest(file);
        var definition = forDrift ? PipelineReader.Parse(manifest.Pipeline, path) : null;
        var sample = definition is null ? null : DriftSample.Read(file, definition);
        var model = file.Open(new MLContext().Model, own, out var schema);
        return new Bundle(path, manifest, model, threshold, definition is null ? null : DriftSample.ColumnOf(definition))
        {
            InputSchema = schema,
            Sample = sample,
            Services = own,
            Hash = file.Seal,
            Modality = ModalityOf(model),
            Sql = own.Sql,
            TrainingRows = RowKeys.FromBytes(file.Attachment(RowKeys.EntryName) ?? []),
        };
    }

    /// <summary>The labels with the highest scores of a prediction, the highest first.</summary>
    /// <param name="prediction">A prediction of this bundle.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Empty where the input could not be read, or the answer is a number.</returns>
    public IReadOnlyList<LabelScore> Top(Prediction prediction, int count)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return [.. Labels.Zip(prediction.Scores, (label, score) => new LabelScore(label, score)).OrderByDescending(label => label.Score).Take(count)];
    }

    /// <summary>Predicts for files; one that cannot be read gets its reason instead of a label.</summary>
    /// <param name="paths">The files.</param>
    /// <returns>One prediction a file, in their order.</returns>
    /// <exception cref="FeatureTransferException">The chain needs more than files: columns of numbers.</exception>
    [OverloadResolutionPriority(1)]
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var collector = new RejectedRowCollector();
        if (ScoreFiles(paths, collector) is not { } scored)
            return [.. paths.Select(path => _single.Predict(path, null, CancellationToken.None))];
        var reasons = collector.Rows.ToDictionary(row => row.Input, row => row.Reason, StringComparer.Ordinal);
        var row = 0;
        return [.. paths.Select(path => reasons.TryGetValue(path, out var reason) ? new Prediction { Input = path, Error = reason } : Answer(path, scored, row++))];
    }

    /// <summary>What the files are that the chain reads: of its first backbone, and images where it has none.</summary>
    public Modality Modality { get; private init; }

    /// <summary>Whether the chain reads columns of text or numbers beside an image, or in its place: then <see cref="PredictTable"/> has them.</summary>
    public bool ReadsColumns => Manifest.TextColumns.Count + Manifest.NumberColumns.Count > 0;

    /// <summary>Whether one column of text is all that the chain reads, so that <see cref="PredictTexts"/> suffices.</summary>
    public bool ReadsTexts => Manifest is { TextColumns.Count: 1, NumberColumns.Count: 0 } && !Manifest.InputColumns.Contains(DataSource.PathColumn);

    /// <summary>Predicts for the rows of a table, whose columns have the names that training had.</summary>
    /// <param name="path">A <c>.csv</c>, <c>.tsv</c>, <c>.json</c>, <c>.jsonl</c> or <c>.parquet</c> file; paths of images in it start from its folder.</param>
    /// <param name="rejected">Takes the records that are no rows. Default, and null: nobody.</param>
    /// <param name="note">Takes what was found out about the table, such as its separator. Default, and null: nobody.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>One prediction a row, in their order.</returns>
    /// <exception cref="FeatureTransferException">The file is no table, or lacks a column.</exception>
    public IReadOnlyList<Prediction> PredictTable(string path, IRejectedRowSink? rejected = null, Action<string>? note = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return BundleTable.Predict(this, System.IO.Path.GetFullPath(path), new SourceContext(null, rejected ?? new RejectedRowCollector(), cancellationToken) { Sql = Sql, Note = note ?? (_ => { }) });
    }

    /// <summary>Predicts for texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>One prediction a text, in their order.</returns>
    /// <exception cref="FeatureTransferException">The chain reads something else, or more, than one column of text.</exception>
    public IReadOnlyList<Prediction> PredictTexts(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return ReadsTexts
            ? BundleTable.Predict(this, texts)
            : throw new FeatureTransferException($"{Path}: the bundle reads {string.Join(", ", Manifest.InputColumns.Concat(Manifest.NumberColumns).Where(column => column is not (DataSource.LabelColumn or DataSource.GroupColumn)))}, not texts alone. Give a table with these columns.");
    }

    /// <summary>Predicts for one image file, in pooled memory; a file that cannot be read gets its reason instead of a label.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image.</exception>
    public Prediction Predict(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _single.Predict(path, null, cancellationToken);
    }

    /// <summary>Predicts for one encoded image, in pooled memory and without a file.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, GIF or TIFF file.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image, or one in a file.</exception>
    public Prediction Predict(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default) => _single.Predict(NoName, image, cancellationToken);

    /// <summary>Predicts for one encoded image, in pooled memory and without a file.</summary>
    /// <param name="image">A stream of the bytes of a JPEG, PNG, WebP, GIF or TIFF file; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Stops the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image, or one in a file.</exception>
    public Prediction Predict(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bytes = PooledBytes.Read(image);
        return _single.Predict(NoName, bytes.Memory, cancellationToken);
    }

    /// <summary>Predicts for one encoded image; the caller's thread is free meanwhile.</summary>
    /// <param name="image">A stream of the bytes of a JPEG, PNG, WebP, GIF or TIFF file; it is read to its end and left open.</param>
    /// <param name="cancellationToken">Stops the reading, and the waiting for a free core.</param>
    /// <exception cref="FeatureTransferException">The chain needs more than an image, or one in a file.</exception>
    public async Task<Prediction> PredictAsync(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bytes = await PooledBytes.ReadAsync(image, cancellationToken).ConfigureAwait(false);
        return await _single.PredictAsync(NoName, bytes.Memory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Predicts for images that need not be files; one that cannot be read gets its reason instead of a label.</summary>
    /// <param name="images">The images; all of them are read before the work starts, so give as many as fit into memory.</param>
    /// <returns>One prediction an image, in their order.</returns>
    /// <exception cref="FeatureTransferException">The chain needs more than images: columns of numbers, or files.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<InputValue> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.All(image => image.IsFile))
            return Predict([.. images.Select(image => image.Name)]);
        var read = images.Select(ReadImage.Of).ToList();
        var collector = new RejectedRowCollector();
        var good = read.FindAll(image => image.Error is null);

        // Two images may have one name, so each goes by its number.
        string[] numbers = [.. good.Select((_, row) => row.ToString(CultureInfo.InvariantCulture))];
        var scored = Score(new ContentView(Inputs(numbers), DataSource.PathColumn, () => good.Select(image => image.Bytes)), collector);
        var reasons = collector.Rows.ToDictionary(row => row.Input, row => row.Reason, StringComparer.Ordinal);
        var (next, row) = (0, 0);
        return [.. read.Select(image => (image.Error ?? reasons.GetValueOrDefault(numbers[next++])) is { } reason
            ? new Prediction { Input = image.Name, Error = reason }
            : Answer(image.Name, scored, row++))];
    }

    /// <summary>
    /// Writes the whole model as one ONNX file that plain ONNX Runtime runs: decoded pixels (batch, height, width, 3) of unsigned bytes, token ids
    /// and mask (batch, tokens) of 64-bit integers, or columns (batch, 1) become <c>scores</c> (batch, labels) and the answer, as <see cref="Threshold"/>
    /// decides it: <c>label</c> (batch), or with several labels a row <c>labels</c> (batch, labels). The files appear when they are whole.
    /// </summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="options">How it is written. Default the defaults.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="FeatureTransferException">A step has no form in ONNX; the message names it, and nothing was written.</exception>
    public IReadOnlyList<string> ExportOnnx(string path, OnnxExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return BundleExport.Onnx(this, path, options ?? new OnnxExportOptions(), Services);
    }

    /// <summary>
    /// Writes the chain as ML.NET's own model file, without the pipeline and what else bundles hold: <c>ml.Model.Load</c> opens it in an app that references
    /// the package <c>FeatureTransfer</c>.
    /// </summary>
    /// <param name="path">The <c>.zip</c> file.</param>
    /// <exception cref="FeatureTransferException">The bundle is gone or changed, or the file cannot be written.</exception>
    public void ExportMlNet(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = ModelFile.Read(Path);
        file.WritePlain(path);
    }

    /// <summary>Frees the sessions.</summary>
    public void Dispose()
    {
        _single.Dispose();
        (Model as IDisposable)?.Dispose();
    }

    private Table Inputs(IReadOnlyList<string> paths) => Manifest.InputColumns.Aggregate(
        new Table(paths.Count),
        (rows, column) => rows.With(column, column == DataSource.PathColumn ? [.. paths] : [.. paths.Select(_ => "")]));

    // ML.NET's own loader ends at the first file that is not there: then each image is asked for by itself.
    private ScoredRows? ScoreFiles(IReadOnlyList<string> paths, IRejectedRowSink rejected)
    {
        try
        {
            return Score(Inputs(paths), rejected);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private ScoredRows Score(IDataView table, IRejectedRowSink rejected)
    {
        try
        {
            return ChainModel.Score(Model.WithRejectedRows(rejected), table, novelty: Rules.Limits?.Unknown?.Column, features: Features);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // The engine's own word for a column that is not there.
            throw new FeatureTransferException($"{Path}: the bundle cannot predict from files alone, for its chain reads other columns too ({exception.Message}). Transform rows that have them with Bundle.Model.", exception);
        }
    }

    private Prediction Answer(string path, ScoredRows scored, int row) => BundlePredictor.AnswerOf(path, Rules, scored.Rows[row]);

    private static Modality ModalityOf(ITransformer model)
    {
        var found = new List<Modality>();
        ModelChain.Map(model, (part, _) =>
        {
            if (part is ExtractFeaturesTransformer { Preparation.Modality: var modality } && modality != Modality.Text)
                found.Add(modality);
            else if (part is FineTunedTransformer { Preparation.Modality: var tuned } && tuned != Modality.Text)
                found.Add(tuned);
            return part;
        });
        return found.FirstOrDefault();
    }

    private static BundleManifest ReadManifest(ModelFile file)
    {
        var content = file.Attachment(BundleWriter.ManifestName)
            ?? throw new FeatureTransferException($"{file.Name}: is a model file, but no pipeline made it: it has no {ModelEntries.Folder}{BundleWriter.ManifestName}. Open it with ml.Model.LoadBundle, or with ml.Model.Load.");
        try
        {
            return JsonSerializer.Deserialize<BundleManifest>(content, ModelManifest.Json)!;
        }
        catch (JsonException exception)
        {
            throw new FeatureTransferException($"{file.Name}: {ModelEntries.Folder}{BundleWriter.ManifestName} cannot be read ({exception.Message}) Use the version that wrote it, or train again.", exception);
        }
    }

    /// <summary>An image that was read, or why it could not be.</summary>
    private sealed record ReadImage(string Name, ReadOnlyMemory<byte> Bytes, string? Error)
    {
        public static ReadImage Of(InputValue image)
        {
            try
            {
                return new ReadImage(image.Name, image.Read(), null);
            }
            catch (BadInputException exception)
            {
                return new ReadImage(image.Name, default, exception.Reason);
            }
        }
    }
}
