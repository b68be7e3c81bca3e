using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Variants;

/// <summary>Makes variants of backbones: smaller ones, of which those are kept that stay near enough to the original, and ones for images of another kind.</summary>
public static class BackboneVariants
{
    /// <summary>Makes a variant, compares it with the original, and writes its model and its card, so that its id works as a backbone.</summary>
    /// <param name="options">What to make of which backbone.</param>
    /// <param name="services">Where backbones come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="BadInputException">An image of the sample cannot be used.</exception>
    /// <exception cref="FeatureTransferException">The backbone cannot be quantized, or an image's features are below the least similarity.</exception>
    public static async Task<VariantResult> MakeAsync(VariantOptions options, FeatureTransferServices? services = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services ??= FeatureTransferServices.Default;
        var card = services.Catalog.Get(options.Backbone).ForImages();
        var backbone = await services.Backbones.PullAsync(card, services.Progress, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Make(options, backbone, services.Backbones.Folder, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes the means and variances of a backbone's batch normalizations from images of a target, without labels (Li and others 2016), and writes the model and its card, so
    /// that its id works as a backbone. The features of source rows are computed with the original, those of target rows with the variant.
    /// </summary>
    /// <param name="options">Which backbone, and which images.</param>
    /// <param name="services">Where backbones come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="BadInputException">An image of the sample cannot be used.</exception>
    /// <exception cref="FeatureTransferException">The backbone has no batch normalization that stands for itself, or takes one image at a time.</exception>
    public static async Task<VariantResult> AdaptAsync(NormalizationOptions options, FeatureTransferServices? services = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services ??= FeatureTransferServices.Default;
        var card = services.Catalog.Get(options.Backbone).ForImages();
        var backbone = await services.Backbones.PullAsync(card, services.Progress, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Adapt(options, backbone, services.Backbones.Folder, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static VariantResult Adapt(NormalizationOptions options, Backbone backbone, string folder, CancellationToken cancellationToken)
    {
        CheckOriginal(backbone.Card);
        string[] images = [.. Spread(options.Sample, options.MaximumImages)];
        var variant = Adapted(backbone, null, [.. images.Select(InputValue.FromFile)], cancellationToken);
        var comparison = VariantComparer.Compare(backbone.Card, backbone.LoadModel(), variant, images, cancellationToken);
        return Keep(backbone, folder, variant, options.Tag, Normalized(images.Length), comparison);
    }

    /// <summary>Writes a backbone whose batch normalizations have the means and variances of images into a folder, and its card beside it.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="changes">What stands for its card's preprocessing; null is the card's.</param>
    /// <param name="images">The images.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The card's path.</returns>
    internal static string AdaptInto(Backbone backbone, Preprocessing? changes, IReadOnlyList<InputValue> images, string folder, CancellationToken cancellationToken) =>
        Write(backbone, folder, folder, Adapted(backbone, changes, images, cancellationToken), "adapted", Normalized(images.Count)).CardPath;

    /// <summary>At most so many of a list, evenly spread over it.</summary>
    internal static IEnumerable<T> Spread<T>(IReadOnlyList<T> all, int most)
    {
        var count = Math.Min(most, all.Count);
        return Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Count / count)]);
    }

    private static OnnxModel Adapted(Backbone backbone, Preprocessing? changes, IReadOnlyList<InputValue> images, CancellationToken cancellationToken)
    {
        var preparation = (FixedPreparation)backbone.Prepare(changes);
        var length = (int)preparation.RowShape.Aggregate(1L, (product, size) => product * size);
        var batch = new float[images.Count * length];
        for (var i = 0; i < images.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            preparation.Read(images[i].Read(), batch.AsSpan(i * length, length), images[i].Name);
        }

        return NormalizationAdaptation.Apply(backbone.LoadModel(), batch, [.. preparation.RowShape]);
    }

    private static string Normalized(int images) => $"Means and variances of batch normalizations of {images} other images.";

    private static void CheckOriginal(ModelCard card)
    {
        if (card.Id.Split('.').Length > 2)
            throw new FeatureTransferException($"{card.Origin}: '{card.Id}' is a variant already. Make another one of the original.");
    }

    private static VariantResult Make(VariantOptions options, Backbone backbone, string folder, CancellationToken cancellationToken)
    {
        var card = backbone.Card;
        CheckOriginal(card);
        var original = backbone.LoadModel();
        var variant = options.Format == WeightFormat.Int8 ? Int8(backbone, original, options.Sample, cancellationToken) : SmallerModel.Fp16(original);
        var comparison = VariantComparer.Compare(card, original, variant, options.Sample, cancellationToken);
        if (!(comparison.MinimumSimilarity >= options.MinimumSimilarity) && !options.Force)
            throw TooFar(options, card, comparison);

        var tag = options.Format.ToString().ToLowerInvariant();
        return Keep(backbone, folder, variant, tag, $"Weights as {tag}.", comparison);
    }

    private static VariantResult Keep(Backbone backbone, string folder, OnnxModel variant, string tag, string description, VariantComparison comparison)
    {
        var (id, cardPath, path) = Write(backbone, folder, FeatureTransferPaths.Cards, variant, tag, description);
        return new VariantResult(id, cardPath, path, comparison, new FileInfo(backbone.OnnxPath).Length, new FileInfo(path).Length);
    }

    private static (string Id, string CardPath, string Path) Write(Backbone backbone, string folder, string cards, OnnxModel variant, string tag, string description)
    {
        var card = backbone.Card;
        var path = Path.Combine(folder, $"{card.Id}.{tag}.onnx");
        variant.Save(path);
        var made = card with
        {
            Schema = null,
            Id = $"{card.Id}.{tag}",
            Description = $"{card.Description} {description}".Trim(),
            Source = new ModelSource { Kind = ModelSourceKind.Path, Path = path },
            Sha256 = FileHash.Of(path),
            SizeInBytes = new FileInfo(path).Length,

            // The recorded features are the original's.
            Golden = [],

            // It was measured with other weights.
            Accuracy = new Dictionary<string, double>(),
        };
        var cardPath = Path.Combine(cards, $"{made.Id}.json");
        AtomicFile.WriteText(cardPath, ModelCardReader.Write(made));
        return (made.Id, cardPath, path);
    }

    // All layers of the card can still be tapped afterwards.
    private static OnnxModel Int8(Backbone backbone, OnnxModel original, IReadOnlyList<string> sample, CancellationToken cancellationToken)
    {
        var preparation = (FixedPreparation)backbone.Prepare(null);
        var row = preparation.RowShape;
        var tensor = new float[row.Aggregate(1L, (product, size) => product * size)];
        IEnumerable<string> keep = [.. backbone.Card.Layers.Values, .. backbone.ResolveLayers(original, null)];
        return SmallerModel.Int8(original, sample.Select(Read), row, keep: keep, cancellationToken: cancellationToken);

        float[] Read(string path)
        {
            preparation.Read(ImageFile.ReadAllBytes(path), tensor, path);
            return tensor;
        }
    }

    private static FeatureTransferException TooFar(VariantOptions options, ModelCard card, VariantComparison comparison) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{card.Origin}: as {options.Format.ToString().ToLowerInvariant()}, '{card.Id}' gives features with a cosine similarity of {comparison.MinimumSimilarity:0.0000} to the original's for {comparison.WorstImage} (mean {comparison.MeanSimilarity:0.0000} over {comparison.Images} images), below the bound {options.MinimumSimilarity:0.0000}. Nothing was written. Lower the bound, force it, or choose fp16."));
}
