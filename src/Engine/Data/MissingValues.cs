namespace Microsoft.ML.Data;

/// <summary>Which types can say that a value is missing, and how: NaN, and the key 0.</summary>
internal static class MissingValues
{
    /// <summary>The test for a missing value, or null where the type has none.</summary>
    public static Predicate<T>? Test<T>(DataViewType item)
    {
        if (item is KeyDataViewType)
            return value => KeyNumber.Get(value) == 0;
        Delegate? test = default(T) switch
        {
            float => (Predicate<float>)float.IsNaN,
            double => (Predicate<double>)double.IsNaN,
            _ => null,
        };
        return (Predicate<T>?)test;
    }

    public static bool Knows(DataViewType item) => item is KeyDataViewType || item.RawType == typeof(float) || item.RawType == typeof(double);
}
