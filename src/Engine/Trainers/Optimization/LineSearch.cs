using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>Chooses a direction and how far to go along it.</summary>
internal abstract class LineSearch(LbfgsState state)
{
    protected LbfgsState State => state;

    public abstract void ChooseDirection(CurvatureHistory history);

    /// <summary>Finds a next point that is better by enough; false where there is none to be found.</summary>
    public abstract bool Step(bool isFirst);

    // The first direction is a bare gradient, which says nothing about scale.
    protected double FirstLength(bool isFirst) => isFirst ? 1 / TensorPrimitives.Norm<double>(state.Direction) : 1;
}
