using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>How the deviation comes in: a type and not a flag, so that each loop is compiled without a choice in it.</summary>
internal interface ILastStep
{
    /// <summary>What is handed to <see cref="Apply"/>, made once.</summary>
    static abstract float Prepare(float std);

    /// <summary>The last step of the formula.</summary>
    static abstract Vector256<float> Apply(Vector256<float> values, Vector256<float> prepared);
}

/// <summary>Divides, as the formula says.</summary>
internal readonly struct ByDividing : ILastStep
{
    public static float Prepare(float std) => std;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> values, Vector256<float> prepared) => values / prepared;
}

/// <summary>Multiplies by the reciprocal, where that is the same.</summary>
internal readonly struct ByReciprocal : ILastStep
{
    public static float Prepare(float std) => 1 / std;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> values, Vector256<float> prepared) => values * prepared;
}
