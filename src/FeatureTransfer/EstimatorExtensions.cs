using Microsoft.ML.Data;

namespace FeatureTransfer;

/// <summary>What FeatureTransfer adds to ML.NET's estimators.</summary>
public static class EstimatorExtensions
{
    /// <summary>
    /// Appends a trainer, or another estimator that learns, and keeps in memory the columns that it reads: what stands before it, such as a
    /// backbone, runs once over the rows. Without this ML.NET runs the whole chain anew in each pass of the trainer.
    /// </summary>
    /// <typeparam name="TLast">The last transformer of the chain so far.</typeparam>
    /// <typeparam name="TTransformer">What the trainer fits.</typeparam>
    /// <param name="chain">What stands before the trainer.</param>
    /// <param name="ml">The context of the chain.</param>
    /// <param name="trainer">The trainer.</param>
    /// <remarks>
    /// It is <c>AppendCacheCheckpoint</c> followed by <c>Append</c>. All rows of the columns that are read are held while the chain is fitted, for
    /// features of 1,024 numbers 4 KB a row. An estimator before the trainer that learns too, such as a normalizer, makes a pass of its own. Rows
    /// in memory can be shuffled, which some trainers do unless their options say otherwise.
    /// </remarks>
    public static EstimatorChain<TTransformer> AppendInMemory<TLast, TTransformer>(this EstimatorChain<TLast> chain, MLContext ml, IEstimator<TTransformer> trainer)
        where TLast : class, ITransformer
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(trainer);
        return chain.AppendCacheCheckpoint(ml).Append(trainer);
    }

    /// <inheritdoc cref="AppendInMemory{TLast, TTransformer}(EstimatorChain{TLast}, MLContext, IEstimator{TTransformer})" />
    /// <param name="estimator">What stands before the trainer.</param>
    /// <param name="ml">The context of the chain.</param>
    /// <param name="trainer">The trainer.</param>
    public static EstimatorChain<TTransformer> AppendInMemory<TTransformer>(this IEstimator<ITransformer> estimator, MLContext ml, IEstimator<TTransformer> trainer)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new EstimatorChain<ITransformer>().Append(estimator).AppendInMemory(ml, trainer);
    }
}
