using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Computes the standard deviations of the weights of a logistic regression from the Hessian of its loss.</summary>
public abstract class ComputeLogisticRegressionStandardDeviation
{
    public ComputeLogisticRegressionStandardDeviation()
    {
    }

    /// <summary>
    /// The Hessian lies as the rows of its lower triangle: the bias first, then the weights that are not zero, whose
    /// slots are <paramref name="weightIndices"/>.
    /// </summary>
    public abstract VBuffer<float> ComputeStandardDeviation(
        double[] hessian, int[] weightIndices, int parametersCount, int currentWeightsCount, IChannel ch, float l2Weight);
}
