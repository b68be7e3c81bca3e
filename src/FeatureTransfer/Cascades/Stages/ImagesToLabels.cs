using System.Text.Json.Serialization;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Has a fitted or loaded chain of ML.NET classify images, all of one run together; crops of a detector, say.</summary>
public sealed class ImagesToLabels : CascadeStage, IDisposable
{
    private readonly MLContext _ml = new();
    private readonly SchemaDefinition _columns;

    /// <summary>Creates the stage.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="images">The images that it reads.</param>
    /// <param name="labels">The labels that it gives; one that the model leaves open is an empty text.</param>
    /// <param name="model">The chain; it stays the caller's.</param>
    /// <param name="options">The chain's columns. Default the defaults.</param>
    /// <param name="readsOneImage">Whether the input is one image and no list. Default false.</param>
    /// <exception cref="FeatureTransferException">The chain reads other columns, or does not give the one of the label.</exception>
    public ImagesToLabels(string name, string images, string labels, ITransformer model, ImagesToLabelsOptions? options = null, bool readsOneImage = false)
        : this(name, images, labels, new StageChain(model ?? throw new ArgumentNullException(nameof(model)), null!), options ?? new ImagesToLabelsOptions(), readsOneImage)
    {
    }

    [JsonConstructor]
    private ImagesToLabels(string name, string images, string labels, StageChain chain, ImagesToLabelsOptions options, bool readsOneImage)
        : base(name, [new(images, readsOneImage ? CascadeKind.Image : CascadeKind.Images)], [new(labels, CascadeKind.Texts)])
    {
        (Images, Labels, Options, ReadsOneImage) = (images, labels, options, readsOneImage);
        _columns = SchemaDefinition.Create(typeof(ImageRow));
        _columns[nameof(ImageRow.Image)].ColumnName = options.ImageColumnName;
        _columns[nameof(ImageRow.Label)].ColumnName = options.LabelColumnName;
        Chain = chain with { Schema = Rows([]).Schema };
        try
        {
            Columns.Find(chain.Model.GetOutputSchema(Chain.Schema), options.PredictedLabelColumnName, "the label");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new FeatureTransferException($"Stage '{name}': the model does not turn images '{options.ImageColumnName}' into labels '{options.PredictedLabelColumnName}'. {exception.Message}", exception);
        }
    }

    /// <summary>The images that it reads.</summary>
    public string Images { get; }

    /// <summary>The labels that it gives.</summary>
    public string Labels { get; }

    /// <summary>The chain's columns.</summary>
    public ImagesToLabelsOptions Options { get; }

    /// <summary>Whether the input is one image and no list.</summary>
    public bool ReadsOneImage { get; }

    /// <summary>The chain.</summary>
    [JsonInclude]
    internal StageChain Chain { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var images = inputs[0] is byte[] one ? [one] : (IReadOnlyList<byte[]>)inputs[0];
        if (images.Count == 0)
            return [new List<string>()];
        var answers = Chain.Model.Transform(Rows(images));
        var column = answers.Schema[Options.PredictedLabelColumnName];
        var texts = Columns.Texts(answers, column);
        if (column.Type is not KeyDataViewType)
            return [texts];
        IReadOnlyList<string> names = ["", .. Columns.ClassNames(column)];
        return [texts.ConvertAll(number => names[int.Parse(number, CultureInfo.InvariantCulture)])];
    }

    /// <summary>Frees the chain where it came out of a file with the stage.</summary>
    public void Dispose() => Chain.Free();

    private IDataView Rows(IEnumerable<byte[]> images) => _ml.Data.LoadFromEnumerable(images.Select(image => new ImageRow { Image = image }), _columns);

    private sealed class ImageRow
    {
        public byte[] Image { get; init; } = [];

        public string Label { get; init; } = "";
    }
}
