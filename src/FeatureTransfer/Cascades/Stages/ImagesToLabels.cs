using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Has a fitted or loaded chain of ML.NET classify images, all of one run together; crops of a detector, say.</summary>
public sealed class ImagesToLabels : CascadeStage
{
    private readonly MLContext _ml = new();
    private readonly ITransformer _model;
    private readonly ImagesToLabelsOptions _options;
    private readonly SchemaDefinition _columns;

    /// <summary>Creates the stage.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="images">The images that it reads.</param>
    /// <param name="labels">The labels that it gives; one that the model leaves open is an empty text.</param>
    /// <param name="model">The chain; it stays the caller's.</param>
    /// <param name="options">The chain's columns. Default the defaults.</param>
    /// <exception cref="FeatureTransferException">The chain reads other columns, or does not give the one of the label.</exception>
    public ImagesToLabels(string name, string images, string labels, ITransformer model, ImagesToLabelsOptions? options = null)
        : base(name, [new(images, CascadeKind.Images)], [new(labels, CascadeKind.Texts)])
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _options) = (model, options ?? new ImagesToLabelsOptions());
        _columns = SchemaDefinition.Create(typeof(ImageRow));
        _columns[nameof(ImageRow.Image)].ColumnName = _options.ImageColumnName;
        _columns[nameof(ImageRow.Label)].ColumnName = _options.LabelColumnName;
        try
        {
            Columns.Find(model.GetOutputSchema(Rows([]).Schema), _options.PredictedLabelColumnName, "the label");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new FeatureTransferException($"Stage '{name}': the model does not turn images '{_options.ImageColumnName}' into labels '{_options.PredictedLabelColumnName}'. {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var images = (IReadOnlyList<byte[]>)inputs[0];
        if (images.Count == 0)
            return [new List<string>()];
        var answers = _model.Transform(Rows(images));
        var column = answers.Schema[_options.PredictedLabelColumnName];
        var texts = Columns.Texts(answers, column);
        if (column.Type is not KeyDataViewType)
            return [texts];
        IReadOnlyList<string> names = ["", .. Columns.ClassNames(column)];
        return [texts.ConvertAll(number => names[int.Parse(number, CultureInfo.InvariantCulture)])];
    }

    private IDataView Rows(IEnumerable<byte[]> images) => _ml.Data.LoadFromEnumerable(images.Select(image => new ImageRow { Image = image }), _columns);

    private sealed class ImageRow
    {
        public byte[] Image { get; init; } = [];

        public string Label { get; init; } = "";
    }
}
