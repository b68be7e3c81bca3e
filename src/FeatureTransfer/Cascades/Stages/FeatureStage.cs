using System.Text.Json.Serialization;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Extracts features of images or texts with a frozen backbone: of a detector's crops, or of the lines that a recogniser read.</summary>
public sealed class FeatureStage : CascadeStage, IDisposable
{
    private readonly FeatureExtractor _extractor;

    /// <summary>Opens the backbone.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="input">The images or texts that it reads, whichever the backbone takes.</param>
    /// <param name="output">The features that it gives: a tensor (n, length).</param>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="readsOneImage">Whether the input is one image and no list. Default false.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong, or it takes recordings.</exception>
    public FeatureStage(string name, string input, string output, ExtractFeaturesOptions options, bool readsOneImage = false, FeatureTransferServices? services = null)
        : this(name, input, output, readsOneImage, Opened(options, services))
    {
    }

    [JsonConstructor]
    private FeatureStage(string name, string input, string output, bool readsOneImage, StageChain chain)
        : base(name, [new(input, KindOf(name, chain, readsOneImage))], [new(output, CascadeKind.Tensor) { Shape = [null, Transformer(chain).FeatureLength] }])
    {
        (Input, Output, ReadsOneImage, Chain) = (input, output, readsOneImage, chain);
        _extractor = new FeatureExtractor(Transformer(chain));
    }

    /// <summary>The images or texts that it reads.</summary>
    public string Input { get; }

    /// <summary>The features that it gives.</summary>
    public string Output { get; }

    /// <summary>Whether the input is one image and no list.</summary>
    public bool ReadsOneImage { get; }

    /// <summary>The transformer.</summary>
    [JsonInclude]
    internal StageChain Chain { get; }

    /// <inheritdoc/>
    /// <exception cref="BadInputException">An image cannot be read.</exception>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var values = inputs[0] switch
        {
            byte[] image => [InputValue.FromBytes(image, Name)],
            IReadOnlyList<string> texts => texts.Select(text => InputValue.FromText(text)).ToList(),
            var images => ((IReadOnlyList<byte[]>)images).Select(image => InputValue.FromBytes(image, Name)).ToList(),
        };
        var rows = _extractor.Extract(values, cancellation).Select(row => row.Features).ToList();
        return rows.Count == values.Count
            ? [new CascadeTensor(rows.SelectMany(row => row).ToArray(), rows.Count, _extractor.FeatureLength)]
            : throw new BadInputException(Name, $"{values.Count - rows.Count} of {values.Count} inputs of the backbone '{Transformer(Chain).BackboneId}' cannot be read");
    }

    /// <summary>Frees the session.</summary>
    public void Dispose() => _extractor.Dispose();

    private static StageChain Opened(ExtractFeaturesOptions options, FeatureTransferServices? services)
    {
        ArgumentNullException.ThrowIfNull(options);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(options.InputColumnName, TextDataViewType.Instance);
        return new StageChain(new ExtractFeaturesEstimator(options, services).Open(), schema.ToSchema());
    }

    private static ExtractFeaturesTransformer Transformer(StageChain chain) => (ExtractFeaturesTransformer)chain.Model;

    private static CascadeKind KindOf(string name, StageChain chain, bool readsOneImage) => Transformer(chain).Preparation.Modality switch
    {
        Modality.Text => CascadeKind.Texts,
        Modality.Image => readsOneImage ? CascadeKind.Image : CascadeKind.Images,
        _ => throw new FeatureTransferException($"Stage '{name}': the backbone '{Transformer(chain).BackboneId}' takes recordings, which no stage gives. Expected one that takes images or texts."),
    };
}
