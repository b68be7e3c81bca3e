using System.Runtime.CompilerServices;

namespace Microsoft.ML;

/// <summary>Reads and makes key values of any width.</summary>
internal static class KeyNumber
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get<T>(T key)
    {
        if (typeof(T) == typeof(uint))
            return Unsafe.As<T, uint>(ref key);
        if (typeof(T) == typeof(ulong))
            return Unsafe.As<T, ulong>(ref key);
        if (typeof(T) == typeof(ushort))
            return Unsafe.As<T, ushort>(ref key);
        if (typeof(T) == typeof(byte))
            return Unsafe.As<T, byte>(ref key);
        throw new InvalidOperationException($"{typeof(T)} is not the type of a key.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(ulong number)
    {
        if (typeof(T) == typeof(uint))
        {
            uint value = (uint)number;
            return Unsafe.As<uint, T>(ref value);
        }
        if (typeof(T) == typeof(ulong))
            return Unsafe.As<ulong, T>(ref number);
        if (typeof(T) == typeof(ushort))
        {
            ushort value = (ushort)number;
            return Unsafe.As<ushort, T>(ref value);
        }
        if (typeof(T) == typeof(byte))
        {
            byte value = (byte)number;
            return Unsafe.As<byte, T>(ref value);
        }
        throw new InvalidOperationException($"{typeof(T)} is not the type of a key.");
    }
}
