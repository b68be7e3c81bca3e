using FeatureTransfer.Heads;

namespace FeatureTransfer;

/// <summary>
/// Trainers for a handful of labels over features. The label is a key of two classes or more; each adds <c>Score</c> (probabilities) and
/// <c>PredictedLabel</c>.
/// </summary>
public static class HeadCatalogExtensions
{
    /// <summary>The k nearest of the training rows vote.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns, how many vote, and how; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator KNearestNeighbours(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, KNearestNeighboursOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    /// <summary>A row belongs to the class whose mean is nearest.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns and the metric; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator NearestCentroid(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, NearestCentroidOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    /// <summary>Penalised least squares, one class against the rest, in closed form.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns and the penalty; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator RidgeClassifier(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RidgeClassifierOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    /// <summary>A linear support vector machine, one class against the rest.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns, the loss and what errors cost; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator LinearSvc(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, LinearSvcOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    /// <summary>Multinomial logistic regression that chooses its own L2 regularization by cross-validation.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns, the grid and the folds; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator LinearProbe(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, LinearProbeOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    /// <summary>A trainer that also learns from rows without a label, which it gives the answers that it is sure of.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns, what is trained, and when it is sure; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator SelfTraining(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, SelfTrainingOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    /// <summary>Labels spread along nearest neighbours to rows that have none; all of these vote.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns and the graph; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator LabelPropagation(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, LabelPropagationOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    /// <summary>Boosting for a target domain with few labels beside a source with many.</summary>
    /// <param name="catalog">The trainers of an ML context.</param>
    /// <param name="options">The columns, the source and the rounds; null is the defaults.</param>
    /// <param name="services">What stops the work; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static HeadEstimator TrAdaBoost(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, TrAdaBoostOptions? options = null, FeatureTransferServices? services = null) =>
        Create(catalog, options ?? new(), services);

    private static HeadEstimator Create(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, HeadOptions options, FeatureTransferServices? services)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new HeadEstimator(options, services);
    }
}
