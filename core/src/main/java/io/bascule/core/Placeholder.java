package io.bascule.core;
final class Placeholder { private Placeholder() {} }
