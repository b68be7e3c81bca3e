using FeatureTransfer.Adaptation;
using FeatureTransfer.Cascades;
using FeatureTransfer.Extraction;
using FeatureTransfer.Heads;
using FeatureTransfer.Mitigation;
using FeatureTransfer.Neighbours;
using FeatureTransfer.Weighting;

namespace FeatureTransfer;

/// <summary>What FeatureTransfer adds to <c>ml.Transforms</c>.</summary>
public static class TransformsCatalogExtensions
{
    /// <summary>Adds a column of features that a frozen backbone computes from an image.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="outputColumnName">The column that is added: a vector of floats.</param>
    /// <param name="inputColumnName">The column that is read: a path (text) or an encoded image (vector of bytes).</param>
    /// <param name="backbone">An id of the catalogue, a card's <c>.json</c> or a model's <c>.onnx</c>.</param>
    /// <param name="layers">The layers to tap, aliases or tensors; null is the card's default.</param>
    /// <param name="pooling">How a layer becomes a vector; null is the card's default.</param>
    public static ExtractFeaturesEstimator ExtractFeatures(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string backbone,
        IReadOnlyList<string>? layers = null,
        Pooling? pooling = null) =>
        catalog.ExtractFeatures(new ExtractFeaturesOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Backbone = backbone,
            Layers = layers,
            Pooling = pooling,
        });

    /// <summary>Adds a column of features that a frozen backbone computes from an image.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="options">What to extract.</param>
    /// <param name="services">Where things come from and who is told; null is the default.</param>
    public static ExtractFeaturesEstimator ExtractFeatures(this TransformsCatalog catalog, ExtractFeaturesOptions options, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ExtractFeaturesEstimator(options, services);
    }

    /// <summary>Adds a column with a weight for each row, such that all classes weigh alike however many rows they have.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="outputColumnName">The column that is added: a float, for a trainer's <c>ExampleWeightColumnName</c>.</param>
    /// <param name="labelColumnName">The label: text, a key, a boolean or a float.</param>
    /// <param name="groupColumnName">A column of text: rows are counted by label and group together; null is by label alone.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static ClassWeightsEstimator ClassWeights(this TransformsCatalog catalog, string outputColumnName = "Weight", string labelColumnName = "Label", string? groupColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ClassWeightsEstimator(new ClassWeightsOptions { OutputColumnName = outputColumnName, LabelColumnName = labelColumnName, GroupColumnName = groupColumnName });
    }

    /// <summary>Maps the features of a source and a target domain so that what is trained on the one works on the other; it learns without labels.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="options">The method and the columns; null is the default.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static AdaptFeaturesEstimator AdaptFeatures(this TransformsCatalog catalog, AdaptFeaturesOptions? options = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new AdaptFeaturesEstimator(options ?? new AdaptFeaturesOptions(), services);
    }

    /// <summary>Takes out of features what a linear classifier could tell a column by, such as a group of people.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="conceptColumnName">The column that the features are not to tell: text. The model needs it no more.</param>
    /// <param name="outputColumnName">The column that is added.</param>
    /// <param name="featureColumnName">The features: a vector of floats; null is <paramref name="outputColumnName"/>.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static EraseConceptEstimator EraseConcept(
        this TransformsCatalog catalog, string conceptColumnName, string outputColumnName = "Features", string? featureColumnName = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new EraseConceptEstimator(new EraseConceptOptions { ConceptColumnName = conceptColumnName, OutputColumnName = outputColumnName, FeatureColumnName = featureColumnName ?? outputColumnName }, services);
    }

    /// <summary>Adds how far a row lies from all classes, by which unknown ones are told.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="options">The columns and the shrinkage; null is the default.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ClassDistanceEstimator ClassDistance(this TransformsCatalog catalog, ClassDistanceOptions? options = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ClassDistanceEstimator(options ?? new ClassDistanceOptions(), services);
    }

    /// <summary>Adds a column with a weight for each row of a source domain: how much likelier it is in the target.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="options">The method and the columns; null is the default.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ImportanceWeightsEstimator ImportanceWeights(this TransformsCatalog catalog, ImportanceWeightsOptions? options = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ImportanceWeightsEstimator(options ?? new ImportanceWeightsOptions(), services);
    }

    /// <summary>Adds a column with what a cascade gives for an image: texts, or the mean over the rows of a tensor.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="cascade">A cascade of one input, an image.</param>
    /// <param name="options">What is read and given; null is the default.</param>
    /// <param name="services">Who is told of rejected rows; null is the default.</param>
    /// <exception cref="FeatureTransferException">The cascade does not read one image, or what it gives cannot be a column.</exception>
    public static RunCascadeEstimator RunCascade(this TransformsCatalog catalog, Cascade cascade, RunCascadeOptions? options = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new RunCascadeEstimator(cascade, options, services);
    }

    /// <summary>Adds the names and distances of the nearest among the rows that it is fitted on.</summary>
    /// <param name="catalog">The transforms of an ML context.</param>
    /// <param name="options">The columns, how many neighbours, and the metric; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static NearestNeighboursEstimator NearestNeighbours(this TransformsCatalog catalog, NearestNeighboursOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new NearestNeighboursEstimator(options ?? new NearestNeighboursOptions());
    }
}
