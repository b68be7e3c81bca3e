using FeatureTransfer.Cascades;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Vision;

namespace FeatureTransfer;

/// <summary>What FeatureTransfer adds to ML.NET's catalogs of trainers.</summary>
public static class TrainerCatalogExtensions
{
    /// <summary>Fine-tunes a backbone to tell classes apart; the label is a key. Adds <c>Score</c> (probabilities) and <c>PredictedLabel</c>.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">What is trained, and how.</param>
    /// <param name="services">Where things come from and who is told; null is the default.</param>
    /// <param name="progress">Is told how far training has come; null is nobody.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static FineTuneEstimator FineTune(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        FineTuneOptions options,
        FeatureTransferServices? services = null,
        IProgress<FineTuneProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuneEstimator(FineTuneTask.Multiclass, options, services, progress);
    }

    /// <summary>
    /// Trains a softmax layer on an ONNX backbone's features of images, with the options of ML.NET's <c>ImageClassification</c>; the label is a
    /// key. Adds <c>Score</c> (probabilities) and <c>PredictedLabel</c>.
    /// </summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">What is trained, and how.</param>
    /// <param name="services">Where things come from and who is told; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static OnnxImageClassificationTrainer OnnxImageClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        OnnxImageClassificationOptions options,
        FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new OnnxImageClassificationTrainer(options, services);
    }

    /// <summary>
    /// Lets a cheap model answer where it is sure enough, and a costly one the rest; the label is a key. Adds <c>Score</c> (calibrated
    /// probabilities), <c>PredictedLabel</c>, <c>Costly</c> and <c>Asked</c>.
    /// </summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="cheap">A chain that ends in a multiclass trainer; its transformers work row by row.</param>
    /// <param name="costly">Another, over the same label.</param>
    /// <param name="options">When the cheap model answers; null is the defaults.</param>
    /// <param name="services">The clock, and what stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static GateEstimator Gate(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        IEstimator<ITransformer> cheap,
        IEstimator<ITransformer> costly,
        GateOptions? options = null,
        FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new GateEstimator(cheap, costly, options, services);
    }

    /// <summary>Fits several models over one label, a key, and combines their answers. Adds <c>Score</c> and <c>PredictedLabel</c>.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="models">Chains that end in multiclass trainers, two or more.</param>
    /// <param name="options">How their answers become one; null is the average.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are too few models.</exception>
    public static EnsembleEstimator Ensemble(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        IReadOnlyList<IEstimator<ITransformer>> models,
        EnsembleOptions? options = null,
        FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new EnsembleEstimator(models, options, services);
    }

    /// <summary>
    /// Fine-tunes a backbone to answer yes or no; the label is a boolean. Adds <c>Score</c> (a logit), <c>Probability</c> and
    /// <c>PredictedLabel</c>. A label that is a vector of booleans or of 0 and 1 has several answers a row: <c>Score</c> then holds probabilities.
    /// </summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">What is trained, and how.</param>
    /// <param name="services">Where things come from and who is told; null is the default.</param>
    /// <param name="progress">Is told how far training has come; null is nobody.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static FineTuneEstimator FineTune(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        FineTuneOptions options,
        FeatureTransferServices? services = null,
        IProgress<FineTuneProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuneEstimator(FineTuneTask.Binary, options, services, progress);
    }

    /// <summary>Fine-tunes a backbone to estimate a number. Adds <c>Score</c>.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">What is trained, and how.</param>
    /// <param name="services">Where things come from and who is told; null is the default.</param>
    /// <param name="progress">Is told how far training has come; null is nobody.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static FineTuneEstimator FineTune(
        this RegressionCatalog.RegressionTrainers catalog,
        FineTuneOptions options,
        FeatureTransferServices? services = null,
        IProgress<FineTuneProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuneEstimator(FineTuneTask.Regression, options, services, progress);
    }
}
